"""Messages that name no service, and words by which a message does name one after all."""

NAMED = ("blood test", "biometria", "hemograma", "quimica sanguinea")

NONE = """
quiero cancelar mi cita
quiero cancelar
cancela mi cita por favor
confirmo mi cita
sí confirmo, ahí estaré
quiero cambiar mi cita para el viernes
me puede mover la cita a la tarde
hola, buenas tardes
buenos días, una pregunta
quiero hablar con una persona
me comunica con recepción
a qué hora abren
cuál es su horario de atención
dónde están ubicados
cuál es la dirección de la sucursal Roma
tienen estacionamiento
aceptan tarjeta
puedo pagar con seguro
qué servicios tienen
ya están mis resultados
cómo recojo mis resultados
necesito factura
voy tarde, llego en 15 minutos
estoy en el tráfico
ya no me manden mensajes
muchas gracias, muy amable
no entiendo
me duele la cabeza
mi mamá tiene cita mañana
es para mi hijo de 5 años
soy Ana Torres
Lucía Rivas, 12 de mayo de 1985
mi hija se llama Regina
me llamo Carmen Mora
soy el papá de Mateo
la consulta de mañana
tengo consulta el viernes
quiero agendar una consulta
necesito una cita
quiero sacar cita
me urge una cita
cuánto cuesta la consulta
cuánto cobran
tienen citas disponibles
apúntenme en la lista de espera
qué hora es mi cita
con quién es mi cita
mi cita es con la doctora
no puedo ir
no voy a poder asistir
me salió un viaje
se me complicó en el trabajo
perdón, me equivoqué
la de las 10
la primera opción
el segundo
en español por favor
ok
gracias
adiós
qué mal servicio
estuvo todo muy bien
debo ir en ayunas?
qué tengo que llevar
cuánto dura
dónde queda
hay que llegar antes?
me atienden con el doctor Herrera
quiero un examen
necesito unos estudios
quiero hacerme unos análisis
mi receta se perdió
la doctora me dijo que volviera
quero cancelar minha consulta
quero desmarcar
confirmo minha consulta
pode confirmar, vou sim
quero remarcar para sexta
dá pra mudar pra tarde?
oi, bom dia
boa tarde, tudo bem
quero falar com um atendente
que horas vocês abrem
qual o endereço
onde fica a unidade Paulista
tem estacionamento
aceita cartão
atende meu convênio
quais exames vocês fazem
meu resultado já saiu
vou me atrasar uns 15 minutos
estou no trânsito
não quero mais mensagens
muito obrigada
não entendi
estou com dor de cabeça
minha mãe tem consulta amanhã
é para o meu filho
meu nome é João Pereira
queria marcar uma consulta
preciso de um horário
quanto custa a consulta
tem horário disponível
me coloca na lista de espera
com quem é minha consulta
não vou poder ir
surgiu um imprevisto
desculpa, me enganei
a primeira
em português por favor
tchau
precisa de jejum?
o que eu preciso levar
quanto tempo demora
quero fazer um exame
preciso fazer uns exames
I want to cancel my appointment
cancel my visit please
yes I confirm
can I reschedule to Friday
can I move it to the afternoon
hi there
good morning, quick question
can I talk to a person
what time do you open
what are your hours
where are you located
what's the address of the Providencia branch
is there parking
do you take credit cards
do you take my insurance
what services do you offer
are my results ready
I'm running late, 15 minutes
I'm stuck in traffic
stop texting me
thank you so much
I don't understand
my head hurts
my mom has an appointment tomorrow
it's for my son
my name is Emma Clark
I'd like to book an appointment
I need a visit
how much is a consult
do you have anything available
put me on the waitlist
who is my appointment with
I can't make it
something came up
sorry, my mistake
the first one
in English please
bye
do I need to fast
what should I bring
how long does it take
I need a test
I need some tests done
nobody answered my call
is the doctor in today
can my wife come with me
I lost my prescription
"""
