"""What every table has: its name, made of the class's."""

import re

from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel


class Table(SQLModel):
    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()
