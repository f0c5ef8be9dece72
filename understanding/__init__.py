"""Times, services, places, names, languages and alarms in patients' own words."""
