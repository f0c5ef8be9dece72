"""The custom actions of the dialogue engine: one file a flow, wording in domain.yml."""
