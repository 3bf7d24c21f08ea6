"""The language of a text, told by its words, or left open."""

from pathlib import Path

import pytest

from balise.document.language import language_of, languages
from tests.helpers.command import balise

TEXTS = {
    "cs": "Pokud chcete změnit heslo, které používáte pro přístup k této službě, můžete tak učinit na svém účtu. Není to složité a změna je hned platná.",
    "de": "Wenn Sie das Passwort ändern möchten, mit dem Sie sich bei diesem Dienst anmelden, können Sie das in Ihrem Konto tun. Die Änderung ist sofort aktiv und wird nicht noch einmal bestätigt.",
    "en": "If you want to change the password that you use for this service, you can do so in your account. The change is valid at once, and it will not be confirmed.",
    "es": "Si quiere cambiar la contraseña que usa para este servicio, puede hacerlo en su cuenta. El cambio es válido en el acto y no se confirma por correo.",
    "fi": "Jos haluat vaihtaa salasanan, jota käytät tässä palvelussa, voit tehdä sen omalla tililläsi. Muutos on voimassa heti, eikä sitä vahvisteta, mutta se näkyy myös lokissa, kun olet kirjautunut sisään.",
    "fr": "Si vous souhaitez changer le mot de passe que vous utilisez pour ce service, vous pouvez le faire dans votre compte. La modification est immédiate et ne sera pas confirmée.",
    "it": "Se vuoi modificare la password che utilizzi per questo servizio, puoi farlo nel tuo account. La modifica è subito valida e non viene confermata con una mail.",
    "lt": "Jei norite pakeisti slaptažodį, kurį naudojate prie šios paslaugos, tai galite padaryti savo paskyroje. Pakeitimas galioja iš karto ir nėra patvirtinamas, todėl turite jį įsiminti.",
    "nl": "Als u het wachtwoord wilt wijzigen dat u voor deze dienst gebruikt, kunt u dat doen in uw account. De wijziging is meteen geldig en wordt niet bevestigd.",
    "pl": "Jeśli chcesz zmienić hasło, które służy do tej usługi, możesz to zrobić na swoim koncie. Zmiana jest ważna od razu i nie będzie potwierdzana przez e-mail.",
    "pt": "Se quiser alterar a palavra-passe que usa para este serviço, pode fazê-lo na sua conta. A alteração é válida de imediato e não será confirmada por e-mail. Também os seus programas só funcionam com a nova palavra-passe, quando já foram avisados.",
}


def test_there_is_a_text_of_each_language() -> None:
    assert TEXTS.keys() == languages().keys()


@pytest.mark.parametrize("language", TEXTS)
def test_a_paragraph_is_enough(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_what_may_end_a_word_is_no_word_of_the_language(language: str) -> None:
    known = languages()[language]
    assert known.endings.isdisjoint(known.common)


@pytest.mark.parametrize("language", TEXTS)
def test_words_are_in_lower_case(language: str) -> None:
    known = languages()[language]
    words = known.common | known.doubles | known.endings
    assert {word.lower() for word in words} == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("# Title\n\nText.", id="a few words"),
        pytest.param("```sh\nif the file is not there then do this and that\n```", id="code"),
        pytest.param("Το αρχείο δεν υπάρχει και δεν μπορεί να ανοίξει.", id="another language"),
        pytest.param(f"{TEXTS['en']}\n\n{TEXTS['fr']}", id="two languages"),
    ],
)
def test_what_is_not_sure_is_left_open(text: str) -> None:
    assert language_of(text) is None


def test_a_text_on_stdin_is_taken_for_a_guide_in_its_language(tmp_path: Path) -> None:
    text = f"---\ntitle: Mot de passe\n---\n\n{TEXTS['fr']}\n\n[a](#nulle-part)\n"
    ran = balise("check", "-", cwd=tmp_path, stdin=text.encode())
    assert ran.status == 1
    assert ran.out.startswith("guide.fr-fr.md:7:1 error unresolved-anchor\n")


def test_a_text_on_stdin_in_an_unknown_language_asks_for_its_name(tmp_path: Path) -> None:
    ran = balise("check", "-", cwd=tmp_path, stdin=b"# Title\n")
    assert (ran.status, ran.out) == (2, "")
    assert "`--stdin-filename" in ran.err
    assert ran.err.count("\n") == 1
