"""The way back from a change, carried by its message."""

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from ctg_portal.lib.annulation import Annulation, annulation_of, tell_change


def test_what_a_message_carries_comes_back_as_it_was(rf):
    kept = []
    request = rf.get("/")
    request._messages = type("Kept", (), {"add": lambda self, *args: kept.append(Message(*args))})()
    champs = [("initial-pilotes", ""), ("pilotes", "Le RPE\nL’« autre »")]
    tell_change(request, "Enregistré.", adresse="/ici/", champs=champs, retour="/plan/#ligne-1")
    [message] = kept
    assert (message.level, str(message)) == (constants.SUCCESS, "Enregistré.")
    assert annulation_of(message) == Annulation("/ici/", tuple(champs), "/plan/#ligne-1")


def test_a_message_without_a_way_back_has_none():
    assert annulation_of(Message(constants.SUCCESS, "Enregistré.")) is None
