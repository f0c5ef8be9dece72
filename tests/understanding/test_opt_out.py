"""Opting out is obeyed in any words, and never confused with cancelling a visit."""

import pytest

from understanding.opt_out import read_opt_out, wants_no_more_messages

WISHES = """
no me manden más mensajes
ya no me manden mensajes
ya no quiero recibir mensajes
no quiero más recordatorios
dejen de mandarme mensajes
deja de escribirme
por favor quítenme de su lista
quiero darme de baja
dar de baja mi número
no me escriban más
no me vuelvan a escribir
bórrenme de su base de datos
ya no me molesten
paren de enviar mensajes
no me envíen nada
no me contacten
ya no me escriban
no quiero que me manden más sms
eliminen mi número
no más mensajes por favor
pare de me mandar mensagem
parem de mandar mensagens
não quero mais receber mensagens
não me mande mais mensagens
não me mandem mais nada
me tira da lista
quero sair da lista
me descadastra por favor
não quero mais lembretes
chega de mensagem
remove meu número
para de me mandar mensagem
não me enviem mais nada
quero cancelar a inscrição
me deixem em paz
me exclui do cadastro
não quero que me mandem mensagem
não quero receber nada de vocês por mensagem
nao me escrevam mais
tirem meu telefone da lista
take me off the list
take me off your list please
stop texting me
stop sending me messages
please stop messaging me
don't text me anymore
do not contact me
I don't want any more messages
I don't want to receive these texts
remove me from your list
unsubscribe me
no more texts
quit texting me
I want to opt out
leave me alone
please remove my number from your system
I no longer wish to receive messages
don't send me reminders
never text me again
stop these messages
ya párenle con los mensajitos
basta de mensajes
quítame de tus contactos
no me interesa seguir recibiendo sus avisos
me pueden dar de baja de los recordatorios
por favor no sigan escribiendo
déjenme de molestar
ya no me texteen
no autorizo que me contacten
para de encher o saco com mensagem
não quero mais ser contatado
podem parar de mandar lembretes?
retire meu número da lista
não me perturbe mais
enough with the texts
could you please stop with the reminders
I'd rather not get these messages anymore
cease all communication
get me off this list
kindly remove my number
please don't message me
les pido que ya no me manden nada
quiten mi número por favor
ya estoy harto de tantos mensajes
no deseo recibir publicidad
ya no quiero nada de ustedes, no me escriban
me pueden sacar de esta lista
no me sigan molestando
podrían dejar de enviarme recordatorios
quiero cancelar los mensajes
no quero receber nada
por favor retirem meu contato
não mandem mais msg
cansei dessas mensagens, parem
vcs podem parar de me escrever?
não quero mais whatsapp de vcs
me removam por favor dessa lista
I'm done with these messages
how do I unsubscribe
can you stop the reminders
please delete my number from your contacts
I don't want you to text me
don't ever contact me again
turn off notifications
"""
OTHERS = """
quiero cancelar mi cita
cancelar
cancela mi cita del jueves
cancel
cancel my appointment
end
no puedo ir el jueves
no me llegó el mensaje
no me llegó el recordatorio
no he recibido mis resultados
no me han mandado los resultados
me mandan un recordatorio por favor?
mándenme la ubicación
quiero recibir mensajes
envíenme los resultados por correo
no quiero esa hora
no quiero ir con ese doctor
para el jueves por favor
alto costo
me dieron de baja la cita
me pueden dar de baja la cita del jueves
no entiendo el mensaje
perdón, mensaje equivocado
quero cancelar minha consulta
cancela a consulta
não posso ir na quinta
não recebi a mensagem
não recebi o lembrete
pode me mandar um lembrete?
me manda o endereço
não quero esse horário
para quinta por favor
quero sair mais cedo
não entendi a mensagem
quero mudar de horário
I want to cancel my visit
I can't come on Thursday
I did not get the message
I didn't get a reminder
send me a reminder please
can you text me the address
I don't want that time
please stop by the office
no
yes
ok
gracias
mañana a las 3
I don't want to cancel
no quiero cancelar
no quiero seguir con el mismo doctor
ya no quiero ir
no sigan, ya entendí el mensaje
can you send the reminder again
I want to stop taking the pills
stop by tomorrow
how do I get off at the right stop
no quiero mensajes de voz, prefiero texto
no me llegan los mensajes
please do not cancel my appointment
I'd like not to have it early
I'd rather not have the appointment on Monday
end my appointment
cancel my reminder for Monday's visit
quiero dejar de fumar
parar el tratamiento
quiero eliminar mi cita
quiten mi cita
borren mi cita del jueves
tirar minha consulta de quinta
não quero ser atendido por ele
no quiero que me atienda ese doctor
no autorizo el cargo
remove my appointment
get me off the waitlist
"""


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        "Stop.",
        "STOPALL",
        "Unsubscribe",
        "UNSUBSCRIBE!",
        "quit",
        "ALTO",
        "alto",
        "¡Alto!",
        "PARAR",
        "Parar",
        "SAIR",
        "sair",
        "BAJA",
        "baja",
        "darme de baja",
        "DESCADASTRAR",
        "descadastrar.",
        "DETENER",
        "stop please",
        "REVOKE",
        "OPTOUT",
        "opt out",
    ],
)
def test_a_stop_word_alone_opts_out(text: str) -> None:
    assert read_opt_out(text) == "stop"
    assert wants_no_more_messages(text)


@pytest.mark.parametrize("text", ["START", "unstop", "Iniciar", "VOLTAR", "começar", "alta"])
def test_a_start_word_alone_opts_in_again(text: str) -> None:
    assert read_opt_out(text) == "start"


@pytest.mark.parametrize("text", ["HELP", "ayuda", "AJUDA", "info", "Ayuda por favor"])
def test_a_help_word_alone_asks_for_help(text: str) -> None:
    assert read_opt_out(text) == "help"


@pytest.mark.parametrize("text", ["CANCEL", "cancelar", "END", "yes", "sí", "", "stop by", "no"])
def test_words_about_visits_are_no_keywords(text: str) -> None:
    assert read_opt_out(text) is None


@pytest.mark.parametrize("text", WISHES.strip().splitlines())
def test_wanting_no_more_messages_is_heard_in_any_words(text: str) -> None:
    assert wants_no_more_messages(text)


@pytest.mark.parametrize("text", OTHERS.strip().splitlines())
def test_other_wishes_are_no_opting_out(text: str) -> None:
    assert not wants_no_more_messages(text)
