"""Who sends and who receives: a name, a telephone and an address."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in standard form. ``division`` is the code of the lowest known division of China."""

    province: str = ""
    city: str = ""
    district: str = ""
    street: str = ""
    detail: str = ""
    postcode: str = ""
    division: str = ""
    country: str = "CN"

    @property
    def line(self) -> str:
        """The address as one line, largest part first; a municipality is not said twice."""
        city = "" if self.city == self.province else self.city
        return f"{self.province}{city}{self.district}{self.street}{self.detail}"

    @property
    def area(self) -> str:
        """Province, city and district, for lists."""
        city = "" if self.city == self.province else self.city
        return f"{self.province}{city}{self.district}"


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or a recipient."""

    name: str = ""
    phone: str = ""
    company: str = ""
    address: Address = field(default_factory=Address)
