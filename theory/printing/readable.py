r"""Formulas for people at a terminal: the LaTeX that `theory.printing` writes, in Unicode or in ASCII."""

from __future__ import annotations

import re

_SYMBOLS = {
    "le": "≤", "ge": "≥", "neq": "≠", "to": "→", "infty": "∞", "forall": "∀", "in": "∈", "sim": "~", "cdot": "·",
    "times": "×", "sum": "Σ", "prod": "Π", "nabla": "∇", "top": "⊤", "setminus": "∖", "partial": "∂", "int": "∫",
    "alpha": "α", "beta": "β", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ",
    "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "psi": "ψ", "omega": "ω", "gamma": "γ",
    "Delta": "Δ", "Lambda": "Λ", "Omega": "Ω", "Phi": "Φ", "Pi": "Π", "circ": "∘",
}  # fmt: skip
_ASCII = {"le": "<=", "ge": ">=", "neq": "!=", "to": "->", "forall": "for all", "in": "in", "sim": "~", "cdot": "*",
          "times": "x", "top": "T", "setminus": "except ", "circ": "o"}  # fmt: skip
_SPACES = {"quad": "  ", ",": " ", ";": " ", ":": " ", " ": " ", "!": ""}
_LIKE_LETTERS = {"mathbb", "mathrm", "text", "operatorname", "mathit", "mathbf"}
_DELIMITERS = {r"\|": "‖", r"\{": "{", r"\}": "}", ".": "", r"\lfloor": "⌊", r"\rfloor": "⌋"}
_RAISED = dict(zip("0123456789+-=()aehijklmnoprstuvxDT⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵉʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛˣᴰᵀᵀ", strict=True))
_LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|[^\\{}^_]")


def readable(latex: str, *, ascii_only: bool = False) -> str:
    r"""Write a formula as people write it in a text.

    Args:
        latex: what `theory.printing.relations.latex_of` gives.
        ascii_only: for terminals that show nothing else.

    Examples:
        >>> readable(r"S \le \frac{s_{1}^{2} V + \left\|{y}\right\|^{2}}{N}")
        'S ≤ (s₁² V + ‖y‖²)/N'
        >>> readable(r"S \le \sqrt{4 Q + C^{2}}", ascii_only=True)
        'S <= sqrt(4 Q + C^2)'
    """
    text = _Reader(latex, ascii_only).group()
    return re.sub(r" *\n *", " ", re.sub(r"(?<=\S) (?= \S)|(?<=\() | (?=\))", "", text)).strip()


class _Reader:
    def __init__(self, latex: str, ascii_only: bool) -> None:
        self._tokens, self._ascii = iter(_TOKEN.findall(latex)), ascii_only

    def group(self) -> str:
        """Read up to the closing brace, or to the end."""
        text = ""
        for token in self._tokens:
            if token == "}":
                break
            text += self._written(token)
        return text

    def _argument(self) -> str:
        return self._written(next(token for token in self._tokens if token != " "))

    def _written(self, token: str) -> str:
        if token == "{":
            return self.group()
        if token in "^_":
            return self._script(token, self._argument())
        if not token.startswith("\\"):
            return token
        name = token[1:]
        if name == "frac":
            return f"{_in_brackets(self._argument())}/{_in_brackets(self._argument())}"
        if name == "sqrt":
            return f"{'sqrt' if self._ascii else '√'}({self._argument()})"
        if name in ("left", "right"):
            return self._delimiter(next(self._tokens))
        if name in _LIKE_LETTERS:
            return self._argument()
        if name == "mathcal":
            script = self._argument()
            return {"L": "loss" if self._ascii else "ℒ"}.get(script, script)
        if name == "dot":
            return f"{self._argument()}{chr(0x27) if self._ascii else chr(0x307)}"
        if token in _DELIMITERS:
            return self._delimiter(token)
        if name in _SPACES:
            return _SPACES[name]
        return _ASCII.get(name, name) if self._ascii else _SYMBOLS.get(name, name)

    def _delimiter(self, token: str) -> str:
        known = _DELIMITERS.get(token, token)
        return {"‖": "||", "⌊": "floor(", "⌋": ")"}.get(known, known) if self._ascii else known

    def _script(self, kind: str, text: str) -> str:
        small = _RAISED if kind == "^" else _LOWERED
        squeezed = text.replace(" ", "")
        if not self._ascii and squeezed and all(letter in small for letter in squeezed):
            return "".join(small[letter] for letter in squeezed)
        if not self._ascii and kind == "^" and text == "'":
            return "′"
        return kind + (text if text.isalnum() else f"({text})")


def _in_brackets(text: str) -> str:
    """A numerator or a denominator, in brackets unless it is one letter, number or bracket with its scripts."""
    text = text.strip()
    return text if re.fullmatch(r"[√\w']*(\([^()]*\)|‖[^‖]*‖)?[\w'^ᵀ]*", text) else f"({text})"
