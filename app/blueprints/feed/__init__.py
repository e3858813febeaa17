"""The feed of what went well."""
