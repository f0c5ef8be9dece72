"""What people write in an emergency, and what only sounds like one."""

EMERGENCIES = """
chest_pain: me duele el pecho
chest_pain: me duele mucho el pecho y me cuesta respirar
chest_pain: tengo un dolor muy fuerte en el pecho
chest_pain: siento opresión en el pecho
chest_pain: siento que se me aprieta el pecho
chest_pain: tengo una punzada en el corazón
chest_pain: mi papá está teniendo un infarto
chest_pain: creo que me está dando un ataque al corazón
chest_pain: dolor de pecho y brazo izquierdo
chest_pain: me dule el pecho desde hace rato
chest_pain: estou com dor no peito
chest_pain: tô sentindo um aperto no peito
chest_pain: meu peito está doendo muito
chest_pain: minha mãe está infartando
chest_pain: acho que é um ataque cardíaco
chest_pain: pontada no peito que vai pro braço
chest_pain: I have chest pain
chest_pain: my chest hurts really bad
chest_pain: my chest feels tight
chest_pain: I think I'm having a heart attack
chest_pain: there is a lot of pressure on my chest
breathing: no puedo respirar
breathing: no puedo respirar bien
breathing: me falta el aire
breathing: mi hijo se está ahogando
breathing: me cuesta mucho trabajo respirar
breathing: mi bebé no respira
breathing: tengo un ataque de asma
breathing: se atragantó con una uva
breathing: não consigo respirar
breathing: estou com falta de ar
breathing: meu filho está engasgado
breathing: minha avó parou de respirar
breathing: não tô conseguindo respirar direito
breathing: I can't breathe
breathing: I cant breath
breathing: my son is choking
breathing: she's having trouble breathing
breathing: short of breath and sweating
breathing: having an asthma attack
stroke: se me durmió la mitad de la cara
stroke: mi mamá tiene la boca chueca y no puede hablar
stroke: a mi esposo se le torció la boca
stroke: no puedo mover el brazo derecho
stroke: creo que le dio un derrame
stroke: mi abuela no mueve el lado izquierdo
stroke: meu pai está com a boca torta
stroke: acho que é um AVC
stroke: não consigo mexer o braço esquerdo
stroke: a fala dela está enrolada
stroke: his face is drooping
stroke: I think my mom is having a stroke
stroke: her speech is slurred
stroke: I can't move my left arm
bleeding: estoy sangrando mucho
bleeding: no para de sangrar
bleeding: estoy embarazada y estoy sangrando
bleeding: estoy vomitando sangre
bleeding: tiene una hemorragia
bleeding: estou sangrando muito
bleeding: não para de sangrar
bleeding: ele está perdendo muito sangue
bleeding: estou vomitando sangue
bleeding: I'm bleeding a lot
bleeding: it won't stop bleeding
bleeding: I'm pregnant and bleeding
bleeding: he is coughing up blood
self_harm: me quiero morir
self_harm: ya no quiero vivir
self_harm: quiero quitarme la vida
self_harm: he pensado en suicidarme
self_harm: voy a matarme
self_harm: me quiero matar
self_harm: no le veo sentido a la vida
self_harm: quiero hacerme daño
self_harm: mejor muerta que seguir así
self_harm: quero morrer
self_harm: não quero mais viver
self_harm: vou me matar
self_harm: penso em tirar minha vida
self_harm: quero acabar com tudo
self_harm: não aguento mais viver
self_harm: I want to die
self_harm: I want to kill myself
self_harm: I don't want to live anymore
self_harm: I'm thinking about ending my life
self_harm: I've been having suicidal thoughts
self_harm: I feel like hurting myself
self_harm: everyone would be better off without me
unconscious: mi papá se desmayó
unconscious: mi hija no despierta
unconscious: perdió el conocimiento
unconscious: está convulsionando
unconscious: meu marido desmaiou
unconscious: ela está inconsciente
unconscious: ele não acorda
unconscious: está tendo uma convulsão
unconscious: my husband passed out
unconscious: she won't wake up
unconscious: he is unconscious
unconscious: my daughter is having a seizure
poisoning: mi hijo se tomó cloro
poisoning: me tomé un frasco de pastillas
poisoning: creo que se intoxicó
poisoning: tuvo una sobredosis
poisoning: meu filho bebeu água sanitária
poisoning: tomei uma cartela de remédio
poisoning: my toddler drank bleach
poisoning: he took too many pills
poisoning: I think she overdosed
severe_allergy: se me está cerrando la garganta
severe_allergy: se me hinchó la lengua
severe_allergy: tengo una reacción alérgica muy fuerte
severe_allergy: minha garganta está fechando
severe_allergy: minha língua inchou
severe_allergy: my throat is closing up
severe_allergy: severe allergic reaction
injury: me atropelló un coche
injury: fui atropelada
injury: I was hit by a car
general: necesito una ambulancia
general: manda uma ambulância
general: call an ambulance
general: es una emergencia
general: socorro
"""

NONE = """
no me duele el pecho
ya no me duele el pecho
no tengo dolor de pecho
sin dolor de pecho
no tengo problemas para respirar
radiografía de tórax
cuánto cuesta la radiografía de pecho
una placa de tórax por favor
consulta de dolor de pecho hace un mes
tuve un infarto hace dos años
tuve un infarto en 2019
mi papá murió de un infarto
tengo antecedentes de infarto en la familia
quiero un chequeo para prevenir infartos
casi me da un infarto con el precio
me muero de hambre
me muero de risa
me muero de ganas de ir
me quiero morir de la pena
me mata la espera
quiero cancelar mi cita
quiero matar el tiempo mientras espero
me sangró un poquito la encía
me van a sacar sangre mañana
cuánto cuesta el análisis de sangre
prueba de sangre oculta
quiero donar sangre
el corazón de la ciudad
electrocardiograma y eco del corazón
ultrasonido del corazón
cita con el cardiólogo
me duele la espalda
me duele la cabeza
me duele la garganta
tengo gripa y tos
tengo alergia al polen
tengo alergia a la penicilina
soy alérgica a los mariscos
consulta con el alergólogo
estoy ahogada de trabajo
no tengo tiempo para respirar
hay aire acondicionado en la sala
ayuno de 8 horas
se me hizo tarde
voy tarde, hay mucho tráfico
me corté el pelo
quiero cortarme las uñas
no puedo ir el martes
no puedo hablar ahorita, mándeme mensaje
no puedo hablar con ustedes por teléfono
se me olvidó la cita
curso de primeros auxilios
clase de reanimación
hola buenos días
me urge una cita
urgente necesito mover mi cita
gracias de todo corazón
não tenho dor no peito
não estou com falta de ar
sem dor no peito
raio-x de tórax
quanto custa o raio x de tórax
tive um infarto faz dois anos
meu avô morreu de infarto
quero um check-up do coração
quase tive um infarto com esse preço
tô morrendo de fome
morrendo de rir
morrendo de saudade
exame de sangue
vou tirar sangue amanhã
doar sangue
quero cancelar minha consulta
estou com dor de cabeça
estou com dor nas costas
tenho alergia a camarão
não posso falar agora
não consigo falar com vocês por telefone
afogada em trabalho
tem ar condicionado aí?
cortei o cabelo
vou chegar atrasado
preciso remarcar com urgência
obrigada de coração
eletrocardiograma
no chest pain
I don't have chest pain
chest x-ray price
how much is a chest x-ray
I had a heart attack two years ago
my dad died of a heart attack
family history of stroke
to prevent a heart attack
this price almost gave me a heart attack
I almost had a heart attack when I saw the bill
I'm dying to know the results
dying of hunger
blood test
blood draw tomorrow
I bled a little after the test
my back hurts
my head hurts
I have a cold
allergic to peanuts
I'm allergic to penicillin
I can't come on Tuesday
I can't talk right now
can't speak Spanish
first aid course
is the AC on, no air in the waiting room last week
I'm running late
I need to cancel
from the bottom of my heart thank you
cardiology appointment
emergency contact is my wife
1
ok
"""
