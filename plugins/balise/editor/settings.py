"""What an editor can set, by `initializationOptions`; what guides are judged by is in `balise.toml`."""

from typing import Any

import msgspec

from balise.base.errors import UserError
from balise.base.suggestions import did_you_mean


class Settings(msgspec.Struct, frozen=True, rename="camel"):
    """The settings with their defaults; `debounce` is in milliseconds."""

    code_lens: bool = True
    inlay_hints: bool = False
    unsafe_fixes: bool = True
    debounce: int = 50

    @property
    def off(self) -> frozenset[str]:
        """The features that are switched off, by their functions."""
        switches = {
            "code_lens.code_lenses": self.code_lens,
            "inlay_hints.inlay_hints": self.inlay_hints,
        }
        return frozenset(feature for feature, on in switches.items() if not on)


def read_settings(options: Any) -> Settings:
    """The settings in the options of a client. Raises UserError with a line for every mistake."""
    if options is None:
        return Settings()
    if not isinstance(options, dict):
        raise UserError("`initializationOptions` of balise must be an object")
    fields = {field.encode_name: field for field in msgspec.structs.fields(Settings)}
    mistakes = [
        f"there is no setting `{name}`{did_you_mean(str(name), list(fields))}"
        for name in options
        if name not in fields
    ]
    for name, field in fields.items():
        if name in options and type(options[name]) is not field.type:
            kind = "true or false" if field.type is bool else "a number"
            mistakes.append(f"the setting `{name}` must be {kind}")
    if mistakes:
        raise UserError(*mistakes)
    return msgspec.convert(options, Settings)
