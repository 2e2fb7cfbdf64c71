"""`sharpness` itself: it finds its subcommands without importing them."""

from __future__ import annotations

import ast
import importlib.util
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points

import click
from click.shell_completion import CompletionItem

from numerics.command_line.completion import completion

_GROUP = "sharpness.commands"


class NearbyGroup(click.Group):
    """A group that refuses a misspelt command with those that are like it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first argument names."""
        name = args[0]
        if not name.startswith("-") and not ctx.resilient_parsing and self.get_command(ctx, name) is None:
            from theory.did_you_mean import did_you_mean  # here, so that `sharpness --help` need not load the theory

            ctx.fail(f"No such command {name!r}{did_you_mean(name, self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


class CommandGroup(NearbyGroup):
    """A group whose commands are the entry points `sharpness.commands` of every installed distribution.

    A command's module is imported when the command runs. Its line in the help is the first line of the module's
    docstring, read from the source, so that `sharpness --help` does not wait for NumPy or SymPy.
    """

    @cached_property
    def _installed(self) -> dict[str, EntryPoint]:
        return {entry.name: entry for entry in entry_points(group=_GROUP)}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List every command's name in alphabetical order."""
        return sorted({*self.commands, *self._installed})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command.

        Raises:
            click.ClickException: it is installed but cannot be imported.
        """
        if cmd_name not in self._installed:
            return super().get_command(ctx, cmd_name)
        try:
            command = self._installed[cmd_name].load()
        except (ImportError, AttributeError) as error:
            raise click.ClickException(
                f"the command {cmd_name!r} cannot be loaded ({error}); install minimalist-sharpness again"
            ) from error
        if not isinstance(command, click.Command):
            raise TypeError(f"the entry point {cmd_name!r} of {_GROUP} is not a click command")
        return command

    def help_line(self, name: str) -> str:
        """Give a command's line in the list of commands."""
        if name not in self._installed:
            return self.commands[name].get_short_help_str(limit=200)
        try:
            module = importlib.util.find_spec(self._installed[name].module)
            source = module.loader.get_source(module.name) if module else None  # type: ignore[union-attr]
        except (ImportError, AttributeError):
            source = None
        if source is None:
            return "(cannot be loaded)"
        return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands into the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.help_line(name)) for name in self.list_commands(ctx)])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the names of the commands, and the options."""
        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        items = [CompletionItem(name, help=self.help_line(name)) for name in names]
        return [*items, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  sharpness bounds digits:3,5 --depth 2,3,4,5
  sharpness bounds measurements.csv --json -
  sharpness COMMAND --help
""",
)
@click.version_option(package_name="minimalist-sharpness", message="%(prog)s %(version)s")
@click.pass_context
def sharpness(context: click.Context) -> None:
    """Sharpness of deep linear networks at the edge of stability: bounds for your data, and their proofs."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


sharpness.add_command(completion)
