"""How patients in Brazil say when; said on Tuesday 10 March 2026 at 09:00 (see expected.py)."""

# ruff: noqa: E501 - an expression is read whole

TABLE = """
hoje = 10
amanhã = 11
amanha = 11
depois de amanhã = 12
ontem = 09
quinta = 12
quinta-feira = 12
na quinta = 12
quinta feira = 12
sexta = 13
na sexta-feira = 13
sabado = 14
no sábado = 14
no domingo = 15
segunda = 16
segunda-feira = 16
na segunda que vem = 16
segunda que vem = 16
próxima segunda = 16
na próxima quinta = 12
terça = 17
terça que vem = 17
quarta = 11
quarta-feira de manhã = 11 morning
sexta da semana que vem = 20
quinta-feira da próxima semana = 19
semana que vem na quinta = 19
2ª feira = 16
na 5a feira = 12
sexta, dia 13 = 13
dia 13 = 13
no dia 20 = 20
dia 20 de março = 20
dia 5 do mês que vem = 04-05
3 de dezembro = 12-03
no dia 3 de dezembro = 12-03
três de dezembro = 12-03
primeiro de abril = 04-01
1º de maio = 05-01
03/12 = 12-03
dia 25/03 = 25
25/03 às 10h = 25 10h
15/04/2026 = 04-15
2026-04-15 = 04-15
daqui a três dias = 13
em 3 dias = 13
daqui a uma semana = 17
daqui a duas semanas = 24
em 15 dias = 25
daqui a um mês = 04-10
semana que vem = week 16
na próxima semana = week 16
na semana que vem = week 16
outra semana = week 16
essa semana = week 09
nesta semana = week 09
fim de semana = 14..15
no final de semana = 14..15
este mês = month 03
mês que vem = month 04
no próximo mês = month 04
em abril = month 04
no fim do mês = late 03
no começo de abril = early 04
em meados de abril = mid 04
de manhã = 10 morning
pela manhã = 10 morning
à tarde = 10 afternoon
de tarde = 10 afternoon
à noite = 10 night
hoje à tarde = 10 afternoon
hoje à noite = 10 night
hoje de tarde = 10 afternoon
esta noite = 10 night
amanhã de manhã = 11 morning
amanhã cedo = 11 early
amanhã à tarde = 11 afternoon
amanhã de noite = 11 night
depois de amanhã de manhã = 12 morning
quinta à tarde = 12 afternoon
quinta de manhã = 12 morning
na sexta pela manhã = 13 morning
na parte da tarde = 10 afternoon
no período da manhã = 10 morning
sexta no fim da tarde = 13 late
amanhã no primeiro horário = 11 early
às 3 = 10 15h
às três = 10 15h
às 3 da tarde = 10 15h
às 10 = 10 10h
às 10 da manhã = 10 10h
as 10 horas = 10 10h
às 8 da manhã = 11 08h
às 8 da noite = 10 20h
15h = 10 15h
15h30 = 10 15:30
15:30 = 10 15:30
às 15h30 = 10 15:30
15 horas = 10 15:00
às 15 horas = 10 15h
às 3 e meia = 10 15:30
três e meia = 10 15:30
às duas e meia da tarde = 10 14:30
às 4 e quinze = 10 16:15
às 4 e 20 = 10 16:20
quinze para as cinco = 10 16:45
dez para as quatro = 10 15:50
meio-dia = 10 12h
ao meio dia = 10 12h
meio dia e meia = 10 12:30
à uma da tarde = 10 13h
lá pelas 4 = 10 16h
por volta das 11 = 10 11h
umas 4 da tarde = 10 16h
amanhã às 10 = 11 10h
amanhã às 10h = 11 10h
amanhã 15h = 11 15h
amanhã às 3 da tarde = 11 15h
depois de amanhã às 9 = 12 09h
quinta às 8 = 12 08h
quinta às 8 da manhã = 12 08h
sexta às 14h = 13 14h
sexta-feira às 14:30 = 13 14:30
segunda às 10 e meia = 16 10:30
dia 15/12 às 15h30 = 12-15 15:30
dia 20 às 17h = 20 17h
3 de dezembro às 9 da manhã = 12-03 09h
às 10h na sexta = 13 10h
hoje às 5 = 10 17h
entre 10 e 12 = 10 10h-12h
entre as 10 e as 12 = 10 10h-12h
das 10 às 12 = 10 10h-12h
das 14h às 16h = 10 14h-16h
entre 3 e 5 da tarde = 10 15h-17h
amanhã entre 10 e 12 = 11 10h-12h
quinta das 4 às 6 = 12 16h-18h
amanhã das 9 às 11 = 11 09h-11h
depois das 4 = 10 16h >
depois das 16h = 10 16h >
depois das 5 da tarde = 10 17h >
a partir das 14h = 10 14h >
a partir das 5 = 10 17h >
das 4 em diante = 10 16h >
quinta depois das 4 = 12 16h >
amanhã depois das 17h = 11 17h >
antes das 11 = 10 11h <
antes do meio-dia = 10 12h <
antes do dia 15 = 15 <
depois do dia 15 = 16 >
a partir do dia 15 = 15 >
não antes do dia 15 = 15 >
a partir de segunda = 16 >
depois de sexta = 14 >
até as 18h = 10 18h <
do dia 16 ao dia 20 = 16..20
de 3 a 5 de dezembro = 12-03..12-05
entre os dias 16 e 20 = 16..20
de segunda a sexta = 16..20
entre segunda e quarta = 16..18
quinta ou sexta = 12..13
o quanto antes = asap
o mais rápido possível = asap
assim que possível = asap
daqui a meia hora = 10 09:30
em uma hora = 10 10:00
daqui a duas horas = 10 11:00
não posso na terça, melhor na sexta = 13
quinta não dá, pode ser sexta à tarde? = 13 afternoon
na quinta, aliás, na sexta = 13
quero mudar minha consulta de terça para sexta = 13
remarcar de quinta pra segunda às 10 = 16 10h
tenho consulta na quinta mas queria na sexta às 11 = 13 11h
Oi, bom dia! Queria marcar uma consulta pra quinta à tarde se possível, obrigada = 12 afternoon
boa tarde, surgiu um imprevisto, vou ter que deixar pra outro dia. pode ser segunda que vem lá pelas 4? = 16 16h
eu trabalho de manhã, fica melhor sexta depois das 5 = 13 17h >
hj a tarde = 10 afternoon
amanha as 10 hrs = 11 10h
dps das 4 = 10 16h >
seg as 10 = 16 10h
sex. às 14h = 13 14h
pode ser hoje mesmo? = 10
"""

NONE = """
tenho 45 anos
estou com dor há 2 dias
estou com tosse faz 3 semanas
11987654321
meu número é 11 98765-4321
+55 11 98765-4321
custa 200 reais
é R$ 150,00
quero 2 exames
somos 3 pessoas
meu protocolo é 20345
meu cpf é 123.456.789-00
bom dia
boa tarde
boa noite, tudo bem?
oi
obrigado, até amanhã
quero cancelar minha consulta
vou ter que desmarcar
quanto custa o hemograma
preciso da segunda via do resultado
moro na rua 7 de abril 100
moro na avenida 9 de julho
mais uma vez por favor
quero falar com alguém
estou atrasado, vou chegar tarde
um momento
tomo um comprimido a cada 8 horas
precisa de 12 horas de jejum?
vocês atendem 24 horas?
a segunda opção
minha filha tem 3 meses
não sei
1
2
consultório 4
ok
sim, por favor
peso 80 kg
meu email é ana10@correio.br
até mais
tenha um bom fim de semana
"""
