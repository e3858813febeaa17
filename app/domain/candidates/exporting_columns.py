"""The columns of an export, in the order in which they stand; the names are those of the import's columns."""

COLUMNS = (
    "external_id",
    "name",
    "given_name",
    "prefix",
    "family_name",
    "phone",
    "whatsapp",
    "sms",
    "email",
    "linkedin",
    "preferred",
    "role_sought",
    "aspiration",
    "region",
    "travel_km",
    "available_from",
    "hours_week",
    "stage",
    "skills",
    "certificates",
    "tags",
    "owner",
    "origin",
    "language",
    "consent",
    "consent_on",
    "consent_until",
    "registered",
)
REPEATED = frozenset({"phone", "whatsapp", "sms", "email", "linkedin"})
"""Who has several addresses on a channel has them in columns beside each other, under the same header."""
