"""Teaching the assistant: review what was misread, label it, train, compare, publish."""
