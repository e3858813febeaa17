"""SCIM 2.0: the agency's identity provider adds and ends colleagues."""
