"""The language of a text, told by its commonest words."""

import re
from collections.abc import Mapping

WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "cs": "a aby ale ani až být bude by byl co do je jej jeho jejich jen ji jsou jste k která které který můžete na nebo není od po pod pokud pomocí pro při s se si svůj ta tak také tento to tuto v vaše ve vše z za ze že",
        "de": "aber als am an auch auf aus bei bis damit das dem den der des die diese dieser ein eine einem einen einer es für haben hat hier ihr ihre ihren ihrer im in ist kann können mit nach nicht noch oder sich sie sind so über um und unter von vom werden wenn wie wird zu zum zur",
        "en": "a about and any are as at be been but by can do does for from has have how if in into is it its more must not of on or our should so than that the their then there these they this to was we were what when where which will with you your",
        "es": "a al antes aquí como con cómo cuando de del desde donde el ella en entre es esta este esto estos está están hay la las lo los más no nos o para pero por puede puedes que se sea si sin sobre su sus también tiene todos una uno usted y",
        "fi": "ei ennen että ja jonka jos joka jotka kanssa kun kuten mukaan mutta mikä myös niin näin olet olla on ovat se sekä sen siitä sinun tai tämä tämän tässä tätä voi voidaan voit vain vaikka välillä ole kaikki jälkeen ilman",
        "fr": "afin au aux avec avez avant ce ces cet cette comme dans de depuis des donc du elle en est et être il ils je la le les leur lors mais ne nous n'est ou où par pas peut peuvent plus pour pouvez qu'il que qui sa sans se ses si son sont sur un une vers vos votre vous",
        "it": "a ad agli ai al alla alle anche che come con cui da dal dalla dei del della delle di dopo e essere gli ha i il in la le lo nel nella nelle non o per più prima puoi può quando questa questo se si sono sua sul sulla suo tra tua tuo un una",
        "lt": "apie ar arba be bei bet bus būti dar galite gali į iš ir jei jeigu jį jos jums jūs jūsų kad kai kaip kur kuri kurie kuris nėra norite nuo o pagal per po prie su šis šią šiame šį tai tik turi turite už yra",
        "nl": "aan als bij dan dat de deze dit door dus een en er het hier hoe hun in is kan kunt maar met meer moet na naar niet nog nu of om onder ook op over te tot uit uw van vanaf via voor wanneer wat we welke worden wordt zal ze zich zijn",
        "pl": "a aby ale albo będzie być czy dla do gdy i ich im jak jako je jego jej jest jeśli każdy które który lub ma może możesz można na nad nie niż o od oraz po pod podczas przed przez przy się są swoje ta tak także te ten to tej tego twój w we z za ze że",
        "pt": "a à ao aos as às até com como da das de deve do dos e é ela ele em entre esta este está estão isto já mais mas na nas no nos não o os ou para pela pelo pode por quando que se sem ser seu seus sobre sua suas são também tem um uma você",
    }.items()
}
"""Words that every longer text of a language has, so short that other languages share some."""

ZONES = {"cs": "cz", "en": "gb"}
"""The zone of a language where it is not called like it: `en-gb`, but `fr-fr`."""

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\]\([^)\n]*\)|\{[^}\n]*\}|<[^>\n]*>", re.DOTALL)
"""What is in no language: code, addresses, attribute lists and tags."""

FEWEST = 5
"""Different words of a language that a text must have to be surely in it."""
MARGIN = 2
"""How many times as many as of any other language."""


def language_of(text: str) -> str | None:
    """The language of a text, as `fr`; None where that is not sure."""
    words = {word.casefold() for word in WORD.findall(CODE.sub(" ", text))}
    scores = sorted((len(words & known), language) for language, known in WORDS.items())
    (second, _), (best, language) = scores[-2:]
    return language if best >= FEWEST and best >= MARGIN * second else None
