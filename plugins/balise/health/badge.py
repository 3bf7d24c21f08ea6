"""The one figure of the health of a collection, as a picture for a page or a README."""

from html import escape

from balise.health.model import Health

LABEL = "guides"
COLORS = ((95, "#1a7f37"), (80, "#4c7a12"), (60, "#8a6100"), (0, "#b3261e"))
"""From how many percent on the badge has which colour; white text is well read on each."""
CHARACTER = 6.3
"""About how wide a character is; `textLength` makes it exact."""
PADDING = 7


def render(health: Health) -> str:
    """The badge as SVG."""
    percent = health.total.percent
    value = f"{percent} % healthy" if health.total.pages else "no pages"
    color = next(color for least, color in COLORS if percent >= least)
    left, right = (round(len(text) * CHARACTER) for text in (LABEL, value))
    edge = left + 2 * PADDING
    width = edge + right + 2 * PADDING
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{LABEL}: {escape(value)}">
<title>{LABEL}: {escape(value)}</title>
<clipPath id="round"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)"><path fill="#3b4252" d="M0 0h{edge}v20H0z"/><path fill="{color}" d="M{edge} 0h{width - edge}v20H{edge}z"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="{PADDING}" y="14" textLength="{left}">{LABEL}</text>
<text x="{edge + PADDING}" y="14" textLength="{right}">{escape(value)}</text>
</g>
</svg>
"""
