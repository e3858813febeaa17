"""Codes on paper for when the telephone is lost: ten, shown once, each good for one use.

A code has 24 characters of 32 (no I, L, O or U, so that nothing is read as something else): 120 random bits in six
groups of four. ASVS 5.0 lets look-up secrets of 112 bits and more be kept under an ordinary hash (6.5.2) and wants 20
bits at least (6.5.4). Shorter ones would need a slow hash for each of the ten that could be meant, at every try; half
as long as the recovery key of a disk is short enough for what is typed once in years. Capitals, spaces and hyphens do
not matter, and letters that are read wrongly are understood.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from app.db import db
from app.domain.agency import token
from app.domain.agency.second_factor import RecoveryCode

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 24, 4
HOW_MANY = 10
FEW = 3
"""From so few on somebody should make new ones."""
MISREAD = str.maketrans("OIL", "011")


def make(person_id: int, at: datetime) -> Sequence[str]:
    """Ten new codes as they are shown, this once; the old ones end."""
    end(person_id)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(HOW_MANY)]
    db.session.add_all(RecoveryCode(person_id=person_id, code_hash=token.hashed(code), made_at=at) for code in codes)
    db.session.flush()
    return [grouped(code) for code in codes]


def use(person_id: int, typed: str, at: datetime) -> bool:
    """Whether it is a code of theirs that was not used; it is with that."""
    mine = RecoveryCode.person_id == person_id, RecoveryCode.code_hash == token.hashed(_normal(typed))
    used = update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_(None)).values(used_at=at)
    return db.session.scalar(used.returning(RecoveryCode.id)) is not None


def left(person_id: int) -> int:
    """How many codes can still be used."""
    unused = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def end(person_id: int) -> None:
    """No code works any more."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def is_one(typed: str) -> bool:
    """Whether this looks like a code on paper, and not like one of the app."""
    return len(_normal(typed)) == LENGTH


def grouped(code: str) -> str:
    """As it is read and typed: in groups."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def _normal(typed: str) -> str:
    return "".join(each for each in typed.upper().translate(MISREAD) if each in LETTERS)
