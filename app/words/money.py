"""Money as it reads: cents as euros, in the reader's language."""

from flask_babel import format_currency

WHOLE = 100


def euros(cents: int) -> str:
    """As € 25 and € 12,50: round amounts without cents."""
    whole, rest = divmod(abs(cents), WHOLE)
    digits = "#,##0.00" if rest else "#,##0"
    sign = "-" if cents < 0 else ""
    return sign + str(format_currency((whole * WHOLE + rest) / WHOLE, "EUR", f"¤\u00a0{digits}", currency_digits=False))
