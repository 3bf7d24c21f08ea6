"""Social cards, which pages name."""

from collections.abc import Sequence

from balise.base.digests import digest, digest_of
from balise.check.traces import Trace
from balise.publish.build_context import BuildContext, chunks
from balise.publish.file_records import Record, Stat
from balise.publish.social_cards import SocialCards, drawn_by


class DrawnCards:
    """The step that draws them."""

    def __init__(self, context: BuildContext, cards: SocialCards) -> None:
        self.context = context
        self.cards = cards

    def run(self) -> None:
        """Draw those that are not there."""
        context, files = self.context, self.context.files
        context.pages.around.name_cards(context.part)
        made_by = drawn_by()
        keys = {url: digest(made_by, url) for url in sorted(self.cards.named)}
        stale = [url for url, key in keys.items() if not files.stays(url, key)]
        for drawn in context.on_all_cores(self.draw, chunks(stale)):
            for url, stat, content in drawn:
                files.keep(url, Record(Trace(keys[url]), stat, content))
        self.cards.log_undrawn()

    def draw(self, urls: Sequence[str]) -> list[tuple[str, Stat, bytes]]:
        """Draw cards in this process; their files from the site's root, as in a `Record`."""
        found: list[tuple[str, Stat, bytes]] = []
        for url in urls:
            content = self.cards.draw(url)
            found.append((url, self.context.files.write(url, content), digest_of(content)))
        return found
