"""Emergencies and what only sounds like them: sentences that were once misread."""

MORE_EMERGENCIES = """
siento una presión horrible en el pecho y sudo frío
mi esposo se puso morado y no respira
ya me cansé, me voy a quitar la vida
creo que me estoy infartando
doctor me duele el pecho del lado izquierdo y se me duerme el brazo
no siento la mitad de mi cuerpo
mi niño se tragó una pila
me tome muchas pastillas para dormir
no dejo de sangrar despues del parto
se le fue la boca de lado a mi mama
quiero dejar de existir
ando pensando en hacer una locura, ya no quiero estar aquí
no puedo jalar aire
me ahogo
mi bebe esta morado
dor forte no peito irradiando pro braço
meu coração tá doendo
to passando muito mal, dor no peito
minha mãe caiu e não responde
sangramento que não para
quero sumir, não vejo sentido em viver
pensando em me matar
to sem ar
ele tá roxo e não respira
meio rosto paralisado
engoliu uma moeda e tá engasgando
não sinto meu lado direito
crushing chest pain
pain in my chest and left arm
can not breathe
my wife is not breathing
i wanna end it all
thinking of suicide
my face is numb on one side
sudden slurred speech and weakness
blood wont stop coming out
he collapsed and isnt moving
i took a bunch of pills
my tongue is swelling up
I don't feel like living
struggling to breathe
he had a stroke right now
tengo el pecho muy apretado y me falta aire
mi abuelo se cayó y no reacciona
creo que a mi papá le dio una embolia
de repente dejé de ver y no puedo mover la mano
me está dando un ataque, no siento el brazo izquierdo
mi hermana se cortó las venas
ya no aguanto, prefiero morirme
no encuentro razones para seguir viviendo
estoy vomitando mucha sangre
me corté y no logro parar la sangre
mi bebé se comió unas pastillas
se me cierra la garganta después de comer camarones
necesito una ambulancia urgente
me desmayé dos veces hoy
no respira mi papá
me duele mucho el corazon
tengo 7 meses de embarazo y me salió mucha sangre
dor no peito e formigamento no braço
meu pai tá tendo um infarto
não consigo puxar o ar
minha boca entortou
perdi o movimento de um lado do corpo
minha vó desmaiou e não acorda
to pensando em tirar minha vida
não tenho mais vontade de viver
tomei veneno
minha filha engoliu uma bateria
sangrando pelo nariz sem parar
corte profundo e muito sangue
tá convulsionando aqui
I have a sharp pain in my chest
chest tightness and shortness of breath
can barely breathe
my baby is not breathing
one side of my body went numb
she can't talk and her mouth is crooked
I'm going to kill myself tonight
I just want to disappear forever
bleeding through pads every ten minutes
I overdosed on tylenol
my dad is unresponsive
allergic reaction my face is swelling
I passed out this morning and my chest hurts
ayuda mi mamá tiene dolor en el pecho y está sudando
traigo un dolor en el pecho que no se me quita
siento como un elefante en el pecho
se me sube el dolor del pecho a la mandíbula
no puedo respirar ayuda
me está costando respirar desde anoche
mi hija está azul
mi papá no puede levantar el brazo y habla raro
se le cayó un lado de la cara
mi suegra se quedó tiesa y no contesta
estoy perdiendo mucha sangre
se cortó y le sale la sangre a chorros
ya no quiero seguir viviendo
me voy a colgar
tengo pensamientos suicidas
todos estarían mejor si yo no existiera
se tomó el raticida
tragó cloro mi niño
se me hinchó la cara y no puedo tragar
mi esposo se desvaneció
está teniendo convulsiones
o peito dói muito quando respiro
acho que tô tendo um ataque do coração
falta de ar muito forte
minha filha não tá respirando
ele tá sufocando
meu marido tá com o rosto torto
perdi a fala de repente
hemorragia pós parto
vomitando sangue vivo
quero me matar hoje
pensamentos suicidas
minha vida não vale nada quero sumir
teve uma overdose
meu rosto inchou e a garganta tá fechando
a criança tá desacordada
my husband has crushing pain in his chest
my heart is racing and my chest hurts
I cannot catch my breath
my grandma can't move her right side
sudden weakness in my left arm
he's bleeding out
she is vomiting blood
I have a plan to end my life
sometimes I think about killing myself
my son swallowed a battery
she's not responding and barely breathing
he fainted and hit his head
we need an ambulance now
throat swelling after a bee sting
"""

MORE_NONE = """
me duele el pecho cuando toso? no, ya no
quiero agendar un electrocardiograma porque el doctor me lo pidió
tengo cita de cardiología por mi corazón
me puede dar un justificante
el pecho de mi bebé... lactancia, quiero cita con pediatra
prueba de alergia
me da miedo la aguja
la niña tiene fiebre desde ayer
me caí y me duele el pie
me sale sangre al cepillarme los dientes
es urgente, necesito factura
muero por ver los resultados
I could kill for a coffee
this wait is killing me
I'd die of embarrassment
my kids are choking the schedule
is the doctor available for a stress test
mamografia e ultrassom das mamas
tô matando aula
que susto, quase morri de susto
cuánto dura el dolor después de la cirugía
me operaron del corazón en 2015 y quiero una consulta de control
tengo cita con el neurólogo por mi embolia de hace 3 años
necesito rehabilitación después del derrame
mi hijo no come bien
no puedo tragar la pastilla, viene en jarabe?
se me cayó un diente
me duele un poco el brazo después de la vacuna
tengo moretones
estoy embarazada de 3 meses y quiero un ultrasonido
me da pena preguntar
no puedo levantar mi receta
no puedo mover mi cita
no puedo mover la hora
no siento que me atiendan bien
no siento ganas de ir
perdí el papel de la orden
perdí mi cita
perdi minha consulta
perdi a hora
não consigo mexer no aplicativo
não posso mudar o horário
tomei a vacina ontem
tomé mi medicina hoy, puedo hacerme el estudio?
tomé todas las pastillas que me recetaron, necesito otra consulta
my son took his medicine this morning, can he do the blood test
I took all my antibiotics and need a follow-up
can I stop my medication before the test
don't want to be here that early
no quiero estar aquí esperando tanto
ya no quiero seguir aquí en espera
no quiero seguir así, cancelen
my arm is a little sore
I lost my appointment card
lost control of my schedule
it stopped working
the page stopped responding
no me responden los mensajes
mi mamá no responde el teléfono, muevan la cita
my husband is not moving his appointment
cansada de la vida sedentaria quiero nutrióloga
nobody will miss my spot
can I get the medication list
"""
