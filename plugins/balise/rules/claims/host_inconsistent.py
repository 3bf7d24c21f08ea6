from collections import defaultdict
from collections.abc import Iterator

from balise.base.findings import Finding, Related
from balise.claims import HostClaim
from balise.rules.base import PageRule, RuleContext
from balise.rules.helpers.port_phrases import protocol_name


class HostInconsistent(PageRule):
    name = "host-inconsistent"
    group = "claims"
    summary = "A page gives two servers for the same purpose"
    reach = "markdown"

    def check_page(self, context: RuleContext) -> Iterator[Finding]:
        purposes: dict[tuple[str, str], list[HostClaim]] = defaultdict(list)
        for claim in context.claims.hosts:
            if claim.protocol and claim.direction:
                purposes[claim.protocol, claim.direction].append(claim)
        everywhere = [claim.family for claim in context.claims.hosts]
        for (protocol, direction), claims in purposes.items():
            families = [claim.family for claim in claims]
            usual = max(dict.fromkeys(families), key=everywhere.count)
            first = claims[families.index(usual)]
            for claim in claims:
                if claim.family != usual:
                    message = (
                        f"the server for {direction} {protocol_name(protocol)} mail is `{claim.host}` here, "
                        f"and `{first.host}` elsewhere on this page"
                    )
                    related = Related(
                        context.document.path, first.span, f"here it is `{first.host}`"
                    )
                    yield self.finding(context.document, claim.span, message, related=(related,))
