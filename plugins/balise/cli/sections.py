"""Options in sections: those of one reach a command as one value, and stand together in its help."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

import click
import msgspec
from msgspec import NODEFAULT
from msgspec.structs import FieldInfo


class Declaration(msgspec.Struct, frozen=True):
    """How an option is written, and what else click wants to know of it."""

    names: tuple[str, ...]
    attributes: Mapping[str, Any]


def option(*names: str, **attributes: Any) -> Declaration:
    """What makes the field of a `Section` an option; `attributes` are those of `click.Option`.

    The type and the default of the field say whether it is a flag, may be given several times, and
    what it is where it is not given.
    """
    return Declaration(names, attributes)


class Section(msgspec.Struct, frozen=True):
    """Options that belong together. Each field is one, by an annotation that `option` makes."""

    title: ClassVar[str] = "Options"


def _made(field: FieldInfo, hint: Any) -> click.Option:
    """The option of a field, whose annotation is `Annotated[type, option(...)]`."""
    type_, declaration = get_args(hint)
    attributes = {"default": field.default, "is_flag": type_ is bool, **declaration.attributes}
    if field.default is NODEFAULT:
        raise TypeError(f"the option {field.name} has no default")
    if get_origin(type_) is tuple:
        attributes["multiple"] = True
    return click.Option([*declaration.names, field.name], **attributes)


def options_of(section: type[Section]) -> list[click.Option]:
    """The options of a section, in their order."""
    hints = get_type_hints(section, include_extras=True)
    return [_made(field, hints[field.name]) for field in msgspec.structs.fields(section)]


class SectionedCommand(click.Command):
    """A command that is called with the arguments that it declares, and a value for each section.

    `sections` are the types of these, by the names under which the command takes them.
    """

    def __init__(
        self,
        name: str | None,
        *,
        params: Sequence[click.Parameter] = (),
        sections: Mapping[str, type[Section]],
        **attributes: Any,
    ) -> None:
        self.sections = sections
        self.options = {name: options_of(section) for name, section in sections.items()}
        own = [option for options in self.options.values() for option in options]
        super().__init__(name, params=[*params, *own], **attributes)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command."""
        for name, section in self.sections.items():
            fields = section.__struct_fields__
            ctx.params[name] = section(**{field: ctx.params.pop(field) for field in fields})
        return super().invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options in their sections; sections of one title are one."""
        titles = {
            option.name: section.title
            for name, section in self.sections.items()
            for option in self.options[name]
        }
        rows: dict[str, list[tuple[str, str]]] = {}
        given = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        for param in given:
            if (record := param.get_help_record(ctx)) is not None:
                rows.setdefault(titles.get(param.name, "Options"), []).append(record)
        for title, records in rows.items():
            with formatter.section(title):
                formatter.write_dl(records)


Decorator = Callable[[Callable[..., Any]], SectionedCommand]


def sectioned(**sections: type[Section]) -> Decorator:
    """Makes a command of a function that takes a value for each of these sections."""
    return click.command(cls=SectionedCommand, sections=sections)
