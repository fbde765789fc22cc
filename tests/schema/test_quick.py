"""A class that is made quickly is the class that attrs makes."""

import inspect
import pickle

import attrs
import pytest

from connectrules import Contact, ContactError, Decision, Policy
from connectrules.schema.quick import quickly_made


@attrs.frozen(kw_only=True)
class _Slow:
    """A class as attrs makes it."""

    key: str
    names: tuple[str, ...] = attrs.field(factory=tuple, converter=tuple)
    size: int | None = None


@quickly_made
@attrs.frozen(kw_only=True)
class _Quick:
    """The same, made quickly."""

    key: str
    names: tuple[str, ...] = attrs.field(factory=tuple, converter=tuple)
    size: int | None = None


class _Derived(_Quick):
    """A class of one's own, without slots."""


@attrs.frozen(kw_only=True)
class _Larger(_Quick):
    """A class of one's own with a field more."""

    more: int = 0


@pytest.mark.parametrize(
    "given", [{"key": "a"}, {"key": "a", "names": ["b", "c"]}, {"size": 3, "key": "a"}], ids=str
)
@pytest.mark.parametrize("quick", [_Quick, _Derived, _Larger])
def test_the_fields_are_the_same(quick: type[_Quick], given: dict[str, object]) -> None:
    """Defaults and converters too, for classes that are derived as well."""
    slow = attrs.asdict(_Slow(**given))  # type: ignore[arg-type]

    made = quick(**given)  # type: ignore[arg-type]

    assert type(made) is quick
    assert {name: getattr(made, name) for name in slow} == slow
    assert made == quick(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("quick", [_Quick, _Derived, _Larger, Contact])
def test_it_is_frozen(quick: type[_Quick]) -> None:
    """Nothing can be set or deleted once it is made."""
    made = quick(key="a")

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.key = "b"  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del made.key
    assert made.key == "a"


def test_what_is_said_of_it_is_the_same() -> None:
    """Its signature, and errors of a call that does not fit."""
    slow, quick = inspect.signature(_Slow), inspect.signature(_Quick)

    assert str(quick) == str(slow)
    with pytest.raises(TypeError, match=r"_Quick\.__init__\(\) missing 1 required .* 'key'"):
        _Quick()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"_Quick\.__init__\(\) got an unexpected .* 'odd'"):
        _Quick(key="a", odd=1)  # type: ignore[call-arg]


def test_contacts_are_copied_and_judged_as_ever() -> None:
    """By pickle and attrs; and a converter that refuses a value is heard."""
    ada = Contact(key="ada", is_a_bot=True)

    assert pickle.loads(pickle.dumps(ada)) == ada  # noqa: S301 - our own
    assert attrs.evolve(ada, is_a_bot=None) == Contact(key="ada")
    assert Policy.parse("is a bot").decide(ada) is Decision.CONNECT
    with pytest.raises(ContactError, match="is a field of Contact"):
        Contact(key="ada", other={"is a bot": True})
