"""How patients in Mexico say when; said on Tuesday 10 March 2026 at 09:00 (see expected.py)."""

TABLE = """
hoy = 10
mañana = 11
pasado mañana = 12
ayer = 09
ahorita = 10 09:00
el jueves = 12
jueves = 12
JUEVES = 12
el juebes = 12
el miercoles = 11
el miércoles por favor = 11
para el viernes = 13
este viernes = 13
el sábado = 14
el savado en la mañana = 14 morning
el domingo = 15
el lunes que viene = 16
el próximo lunes = 16
lunes próximo = 16
el martes = 17
el jueves de la próxima semana = 19
jueves de la semana que viene = 19
la próxima semana el jueves = 19
el viernes 13 = 13
viernes 13 de marzo = 13
el 13 = 13
el día 20 = 20
para el 20 de este mes = 20
el 5 del próximo mes = 04-05
el 3 de diciembre = 12-03
3 de diciembre de 2026 = 12-03
tres de diciembre = 12-03
3 dic = 12-03
el 1 de abril = 04-01
primero de abril = 04-01
el primero de mayo = 05-01
03/12 = 12-03
3/12/2026 = 12-03
15-04-2026 = 04-15
2026-04-15 = 04-15
el 25/3 = 25
el 25/03 a las 10 = 25 10h
dentro de tres días = 13
en 3 dias = 13
en una semana = 17
dentro de dos semanas = 24
en quince días = 25
de aquí a 8 días = 18
en un mes = 04-10
la semana que viene = week 16
la próxima semana = week 16
la proxima semana = week 16
la otra semana = week 16
esta semana = week 09
esta misma semana = week 09
el fin de semana = 14..15
este finde = 14..15
este mes = month 03
el próximo mes = month 04
el mes que entra = month 04
en abril = month 04
para diciembre = month 12
a finales de mes = late 03
a principios de abril = early 04
a mediados de abril = mid 04
por la mañana = 10 morning
en la mañana = 10 morning
por la tarde = 10 afternoon
en la noche = 10 night
esta tarde = 10 afternoon
esta noche = 10 night
hoy en la tarde = 10 afternoon
mañana por la mañana = 11 morning
mañana en la mañana = 11 morning
mañana en la tarde = 11 afternoon
mañana por la noche = 11 night
mañana temprano = 11 early
el jueves por la tarde = 12 afternoon
jueves en la tarde = 12 afternoon
el jueves a primera hora = 12 early
a primera hora = 10 early
mañana a primera hora = 11 early
el viernes a última hora = 13 late
pasado mañana en la tarde = 12 afternoon
la tarde del jueves = 12 afternoon
a las 3 = 10 15h
a las tres = 10 15h
a las 3 de la tarde = 10 15h
a las 10 = 10 10h
a las 10 de la mañana = 10 10h
a las 8 de la mañana = 11 08h
a las 8 de la noche = 10 20h
a la una = 10 13h
a la una y media = 10 13:30
a las 3:30 = 10 15:30
a las 15:30 = 10 15:30
15:30 hrs = 10 15:30
15h30 = 10 15:30
3 pm = 10 15h
3pm = 10 15h
3 p.m. = 10 15h
11 am = 10 11h
10:30 a.m. = 10 10:30
3 y media = 10 15:30
tres y media = 10 15:30
a las 3 y media de la tarde = 10 15:30
a las cuatro y cuarto = 10 16:15
cuarto para las 5 = 10 16:45
diez para las cuatro = 10 15:50
a las 5 menos cuarto = 10 16:45
a las 4 y 20 = 10 16:20
tipo 4 = 10 16h
como a las 4 = 10 16h
a eso de las 11 = 10 11h
al mediodía = 10 12h
a medio dia = 10 12h
a las 12 = 10 12h
a las 12 del día = 10 12h
a las 7 de la noche = 10 19h
mañana a las 3 = 11 15h
mañana a las 9 = 11 09h
mañana a las 9 y media = 11 09:30
pasado mañana a las 3 y media = 12 15:30
el viernes a las 3 = 13 15h
viernes 10 am = 13 10h
el lunes a las 8:15 = 16 08:15
el jueves a la 1 = 12 13h
el 3 de diciembre a las 9 de la mañana = 12-03 09h
el 20 a las 5 de la tarde = 20 17h
a las 10 el viernes = 13 10h
a las 4 de la tarde del jueves = 12 16h
hoy a las 5 = 10 17h
entre 10 y 12 = 10 10h-12h
entre las 10 y las 12 = 10 10h-12h
de 10 a 12 = 10 10h-12h
de 9 a 11 de la mañana = 11 09h-11h
entre las 3 y las 5 de la tarde = 10 15h-17h
mañana entre 10 y 12 = 11 10h-12h
el jueves de 4 a 6 = 12 16h-18h
el viernes entre las 9 y la 1 = 13 09h-13h
de 4 a 6 pm = 10 16h-18h
después de las 4 = 10 16h >
despues de las 4 de la tarde = 10 16h >
a partir de las 5 = 10 17h >
desde las 11 = 10 11h >
de las 4 en adelante = 10 16h >
el jueves después de las 4 = 12 16h >
mañana después de las 5 = 11 17h >
antes de las 12 = 10 12h <
antes del mediodía = 10 12h <
antes del 15 = 15 <
después del 15 = 16 >
a partir del 15 = 15 >
no antes del 15 = 15 >
después del viernes = 14 >
hasta las 6 = 10 18h <
a partir del lunes = 16 >
del 3 al 5 de diciembre = 12-03..12-05
del 16 al 20 = 16..20
entre el lunes y el miércoles = 16..18
del lunes al miércoles = 16..18
de lunes a viernes = 16..20
entre el 16 y el 20 de marzo = 16..20
jueves o viernes = 12..13
lo antes posible = asap
lo más pronto posible = asap
cuanto antes = asap
en media hora = 10 09:30
en una hora = 10 10:00
en dos horas = 10 11:00
no puedo el martes, mejor el viernes = 13
el jueves no puedo, mejor el viernes en la tarde = 13 afternoon
el jueves, perdón, el viernes = 13
cualquier día menos el jueves, mejor el lunes = 16
quiero cambiar mi cita del martes al viernes = 13
mover mi cita del jueves para el lunes a las 10 = 16 10h
tengo cita el jueves pero me gustaría el viernes a las 11 = 13 11h
hola buenos días, quisiera una cita para el jueves por la tarde si se puede, gracias = 12 afternoon
Hola! Me salió un viaje y no voy a poder ir. Podría ser el próximo lunes tipo 4? = 16 16h
disculpe es que trabajo en las mañanas, me sirve mas el viernes despues de las 5 = 13 17h >
mñn en la tarde = 11 afternoon
mñna a las 10 = 11 10h
x la tarde = 10 afternoon
el jueves x la mañana = 12 morning
oye me urge una cita para hoy mismo = 10
después de navidad = 12-26 >
"""

NONE = """
tengo 45 años
me duele desde hace 2 días
llevo 3 semanas con tos
5512345678
mi número es 55 1234 5678
+52 55 1234 5678
cuesta 500 pesos
son $1,200
quiero 2 estudios
somos 3 personas
mi folio es 20345
buenos días
buenas tardes
buenas noches, disculpe
hola
gracias, hasta mañana
quiero cancelar mi cita
cuánto cuesta la biometría hemática
química sanguínea de 27 elementos
vivo en avenida 5 de mayo 123
estoy en la calle 16 de septiembre
una vez más por favor
quiero hablar con alguien
se me hizo tarde
ya voy tarde
un momento
me tomo una pastilla cada 8 horas
necesito 12 horas de ayuno?
están abiertos las 24 horas?
la segunda opción
mi hija tiene 3 meses
me llamo Julio
soy Abril Domínguez
no sé
1
2
el consultorio 4
ok
sí, por favor
peso 80 kilos
mi correo es ana10@correo.mx
me dieron la receta número 12
"""
