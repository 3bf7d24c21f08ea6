"""The elements of HTML (HTML Living Standard, sections 4, 13.1.2 and 16.2)."""

VOID = "area base br col embed hr img input link meta param source track wbr"
END_OPTIONAL = "body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr"
PAIRED = """
a abbr acronym address applet article aside audio b bdi bdo big blockquote button canvas caption
center cite code data datalist del details dfn dialog dir div dl em fieldset figcaption figure font
footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup i iframe ins kbd label legend main map
mark marquee math menu meter nav nobr noframes noscript object ol output picture pre progress q
ruby s samp script search section select slot small span strike strong style sub summary sup svg
table template textarea time title tt u ul var video
"""

WITHOUT_END = frozenset((*VOID.split(), *END_OPTIONAL.split()))
"""Elements that have no end tag, or may go without one."""

HIDING = frozenset(
    [
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "script",
        "select",
        "style",
        "template",
        "textarea",
        "title",
        "xmp",
    ]
)
"""Elements of which what is in them is not part of the text (HTML Living Standard, section 13.1.2)."""

ELEMENTS = WITHOUT_END | frozenset(PAIRED.split())
"""Every element, those included that are no longer to be used."""
