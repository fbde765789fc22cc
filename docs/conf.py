"""How the documentation is built: Sphinx, MyST's Markdown, and the theme furo.

uv run --group docs sphinx-build -W --keep-going -n -b html docs docs/_build/html
"""

import ast
import inspect
import re
from importlib.metadata import version as installed_version
from types import ModuleType

from sphinx.application import Sphinx

from connectrules import errors, policy


def _import_for_annotations(module: ModuleType) -> None:
    """Import into *module* what it names for type checkers alone, so that signatures link to it."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            block = compile(ast.Module(node.body, type_ignores=[]), str(module.__file__), "exec")
            exec(block, vars(module))  # noqa: S102 - our own


_import_for_annotations(policy)
_import_for_annotations(errors)

project = "connectrules"
author = "the connectrules authors"
project_copyright = "the connectrules authors, MIT licence"
version = release = installed_version("connectrules")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "connectrules"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
pygments_style = "friendly"
pygments_dark_style = "monokai"

# What is copied is what one types, not the prompt before it or what is printed.
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True
copybutton_line_continuation_character = "\\"

default_role = "code"
napoleon_use_ivar = True
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
add_module_names = False
python_maximum_signature_line_length = 70

# Built offline, so nothing is known of other projects' pages. All names of our own must be found,
# but for type variables and for what the inner rooms hand out.
nitpick_ignore_regex = [
    ("py:.*", r"(collections|datetime|enum|hypothesis|os|pathlib|typing|types)(\..+)?"),
    ("py:class", r"connectrules\.(policy|schema\.vocabulary|testing\..+)\.(R|Made|Frame)"),
    ("py:class", r"connectrules\.testing\.mutants\.changes\..+"),
    ("py:class", r"connectrules\.(exact|resolve|rules|schema\.(types|phrase))\..+"),
]


def _without_modules(
    _app: Sphinx, what: str, _name: str, obj: object, _options: object, lines: list[str]
) -> None:
    """Show the types of attributes as signatures do: by name, without the module."""
    if what == "data" and isinstance(obj, str):
        lines.clear()  # they say what any text is
    for place, line in enumerate(lines):
        if line.startswith(":vartype "):
            lines[place] = re.sub(r"(?<![\w.~])((?:\w+\.)+\w+)", r"~\1", line)


def _with_counts(_app: Sphinx, *rest: object) -> tuple[str | None, str | None]:
    """Show `Count` in signatures as it is written."""
    *_, signature, returned = (each if isinstance(each, str) else None for each in rest)
    counts = r"~typing\.Annotated\[int, count\]"
    return signature and re.sub(counts, "~connectrules.schema.types.Count", signature), returned


def setup(app: Sphinx) -> None:
    """Ask to be shown what autodoc found; napoleon comes first."""
    app.connect("autodoc-process-docstring", _without_modules, priority=900)
    app.connect("autodoc-process-signature", _with_counts)
