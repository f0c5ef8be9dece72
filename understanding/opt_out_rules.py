"""Ways to say "no more messages" and "no more calls", one a line, over bare folded words."""

# ruff: noqa: E501 - a pattern is read whole

from typing import Final

_THINGS: Final = (
    r"(?:mensajes?(?! de (?:voz|audio))|mensajitos?|msjs?|msgs?|sms|textos?|whats(?: ?app)?s?|wasaps?|guasaps?|wpp|zap"
    r"|recordatorios?|avisos?|publicidad|promociones|notificaciones|notificacion|correos?|spam"
    r"|mensagens|mensagem|mensagen|msg|lembretes?|propagandas?|notificacoes|torpedos?"
    r"|llamadas?|comunicaci?ones|comunicados|ligacoes|ligacao|chamadas|comunicacoes|alertas?|calls?"
    r"|texts?|messages?|reminders?|notifications?|alerts?|anything(?! else)|promos?|promotions|promocoes|advertising|ads|contact)"
)
_SEND_ES: Final = (
    r"(?:mand|envi|escrib|contact|molest|llam|marqu|busqu|text|notifi[cq]u?|chinguen|jod|fastidi)"
    r"(?:e|en|es|ar|arme|arnos|ir|irme|an|a|ando|ndo|iendo|eis)?"
)
# Only as a command: "no me molesta" and "não me ligam" tell how it is.
_CONTACT_ES: Final = (
    r"(?:(?:mand|envi|contact|molest|llam|marqu|habl|busqu|avis)(?:en?|es)|(?:escrib|insist)a[ns]?)"
)
_CONTACT_PT: Final = (
    r"(?:(?:mand|envi|contat|perturb|incomod|ligu|cham|procur|avis)em?|escrevam?"
    r"|(?:manda|liga|chama|escreve)(?= mais))"
)
RULES: Final = (
    # Any language: calls, consent, spam, wrong numbers
    rf"\b(?:ya no|no|nunca|jamas) (?:quiero que )?(?:me |nos )?(?:vuelvan a |esten |sigan |anden )?{_CONTACT_ES}(?: (?:mas|nada|ya|nunca|jamas|por|favor|porfa|telefono|este|medio|aqui|numero|a))*$",
    rf"\b(?:nao|n|nunca mais|nunca) (?:(?:me|nos) {_CONTACT_PT}|{_CONTACT_PT} mais)(?: (?:mais|nada|nao|por|favor|pfv|pf|aqui|nunca|nesse|neste|numero))*$",
    r"\b(?:do not|don t|dont|never|please not|quit|not) (?:ever )?(?:call|ring|phone|te?xt|msg|whatsapp|message|contact|write)(?: (?:to|me|us|this|number))*(?: (?:again|any ?more|no more|ever|please|pls|at all))*$",
    rf"\b(?:no|ya no) (?:manden?|envien?|mandar|enviar|avisen?) (?:mas )?(?:\w+ )?{_THINGS}\b",
    rf"\bnunca mais (?:me )?{_CONTACT_PT}\b|\bparem? de (?:me )?(?:lig|cham)\w+",
    rf"\bnao precisam? (?:mais )?(?:me )?(?:mandar|enviar|ligar) (?:mais |nada|{_THINGS})|\bnao precisam? mais (?:me )?(?:mandar|enviar|ligar)\b",
    r"\bfavor (?:de|que) (?:no|ya no|nao) (?:me )?(?:llam|escrib|mand|envi|marc|molest|contact|habl|lig|escrev)\w+$",
    rf"\b(?:gostaria|queria|quero|prefiro|quisiera|preferiria|prefiero|gustaria) (?:de )?(?:nao|no|ya no) (?:mais )?(?:receber|recibir|ter|tener) (?:mais |mas )?(?:\w+ ){{0,2}}?{_THINGS}\b",
    r"\b(?:revo[cgk]\w+|retir\w+|withdraw\w*|quito|anulo|cancelo) (?:(?:o|el|la|a|my|mi|meu|minha|all) )*(?:consent\w*|permis\w*|autoriza\w*)\b",
    rf"\b(?:don t|do not|dont|never|no|nao|sin|sem|without) (?:\w+ ){{0,3}}?(?:permission|permiso|permissao|consent|authori[sz]e|autorizo|authori[sz]ed) (?:to |para |pra |que )?(?:\w+ ){{0,3}}?(?:contact\w*|contat\w*|te?xt\w*|call\w*|llam\w*|lig\w*|messag\w*|mand\w*|envi\w*|{_THINGS})\b",
    r"\bspam\b.*\b(?:quit\w+|remov\w+|tir\w+|saquen\w*|stop|par(?:e|em|a|en|ar)|no|nao|exclu\w+|elimin\w+|dejen|borr\w+)\b",
    r"\b(?:bloque\w+|block|report\w*|denunci\w+)\b(?: \w+){0,4} (?:si|se|if|por|for)\b(?: \w+){0,4}? (?:spam|sig\w+|mand\w+|escrib\w+|envi\w+|volv\w+|continu\w+|te?xt\w*|messag\w*|lig\w+|llam\w+|call\w*)",
    rf"\b(?:demasiad[oa]s?|demais|muit[oa]s?|tant[oa]s?|too many|so many) (?:de )?(?:{_THINGS})\b.*\b(?:no|nao|par\w+|stop|basta|chega|enough|dejen?|t|dont)\b",
    rf"\benough (?:already )?(?:with |of )?(?:the |these |your )?{_THINGS}\b",
    r"\b(?:wrong (?:number|person)|numero (?:equivocado|errado|incorrecto)|equivoc\w+ de (?:numero|persona)|(?:this|este|esse) (?:number|numero)(?: \w+){0,2} (?:doesn t|does not|isn t|ya no|no|nao)|not your patient|no soy \w+|nao sou (?:a |o )?\w+|isn t \w+)\b.*\b(?:stop|don t|dont|(?:no|nao) (?:me )?(?:escrib|escrev|mand|llam|lig|contact)\w+|par(?:en?|em)|quit\w+|tire\w*|dejen|remove|take me off)\b",
    rf"\b(?:desactiv|desativ|suspend|silenci|deten)\w+ (?:\w+ ){{0,3}}?{_THINGS}\b|\b(?:turn off|disable|deactivate|mute|switch off) (?:\w+ ){{0,3}}?{_THINGS}\b",
    rf"\b(?:alto|cero|fuera|sem|zero|basta|no (?:more|mas|mais)|no(?= (?:reminders|texts|messages|calls|alerts)))(?: (?:a|con|de))?(?: (?:los|sus|tantos|more|mas))? {_THINGS}(?: (?:please|pls|por favor|porfa))?$",
    r"\bdo not (?:call|contact|text) (?:list|registry)\b|\b(?:add|put) (?:me|this number) (?:to|on) (?:the |your )?do not\b",
    r"^(?:spam |please |pls |por favor )*(?:remove|delete|take|get) me(?: off)?(?: please| now)?$|\b(?:quero|quiero|gostaria de|deseo) ser (?:removid|excluid|eliminad|borrad|retirad)[oa]\b(?! da fila)",
    r"\b(?:quitenme|saquenme|borrenme|eliminenme|me tirem|me removam|me excluam|me exclu[ia])\b(?! (?:el|la|los|las|un|una|o|a|da fila|da lista de espera|da agenda|de la agenda|de la lista de espera|de la cita))",
    r"\b(?:sair|saio|salir|salirme|salgo|saco) (?:de |da |dessa |desta |de esta |de la |de su )?lista\b(?! de espera)",
    r"\b(?:pido|solicito|tramitar|peco) (?:la |mi |a )?(?:baja|exclusao|eliminacion|remocao) (?:de|del|do|da) (?:meu |mi |este |esse |los |sus |las )?(?:servicio|numero|mensaj\w+|mensag\w+|contacto|contato|datos|dados|telefono|telefone)\b",
    r"\b(?:olvid\w+|esquec\w+|forget|lose|delete|erase|wipe) (?:de |se de |se do )?(?:(?:mi|meu|do meu|my) )(?:numero|number|telefono|telefone|contact|contato|phone)\b",
    r"\b(?:lgpd|gdpr|ccpa|arco|ley de (?:proteccion de )?datos|lei de dados)\b.*\b(?:apag|exclu|remo|elimin|borr|delet|eras|oposi)\w*",
    r"\b(?:no|nao|n|don t|dont) (?:quiero|quero|want) (?:mais |mas )?(?:saber )?(?:mais |mas )?(?:nada|anything) (?:mas |mais )?(?:de|from) (?:ustedes|uds|voces|vcs|la clinica|voce|you|vc)\b|\bnao quero (?:mais )?saber (?:mais )?de (?:voces|vcs)\b",
    r"\b(?:interesse em|interesa|interes en|interested in) (?:seguir |continuar )?(?:a )?(?:recib|receb|receiv|gett)\w+(?! (?:los|el|meu|minha|my|mi|o) (?:result|exame|estudio))",
    rf"\b(?:nao|n|nunca mais) (?:quero que )?(?:\w+ )?(?:entrem?|facam?|quero) (?:mais )?(?:em )?contato\b|\bdispenso (?:\w+ )?{_THINGS}\b",
    r"\b(?:como|how) (?:\w+ ){0,4}?(?:parar de receber|(?:nao|no) (?:receber|recibir)|deix\w+ de receber|dej\w+ de recibir|stop (?:getting|receiving))\b(?! (?:el|o) (?:diagnost|resultado))",
    r"\b(?:quiero|quisiera|deseo|quero|queria|desejo|gostaria de) (?:dejar|deixar|parar) de (?:recibir|receber)\b",
    r"\b(?:parar?|pare|parem|parad|pararem) de (?:me |nos )?(?:lig|cham|mand|escrev|envi|incomod|perturb|ench|procur)\w*",
    r"\b(?:nao|n) (?:me )?(?:enviar|mandar|ligar|escrever|contatar|chamar|avisar) mais\b",
    r"\brefrain from (?:\w+ ){0,2}?(?:sending|contacting|calling|texting)\b|\bknock it off\b|\bunsub\b|\bblock me from\b",
    rf"\bturn (?:them|these|those|the|my|your) (?:{_THINGS} )?off\b|\b(?:parenla|parenle|cortala|cortenla|bajenle) (?:ya )?con (?:\w+ )?{_THINGS}\b",
    # Spanish
    (
        rf"\b(?:no|ya no|nunca|jamas) (?:me |nos |le |quiero que me |quiero que me sigan )+{_SEND_ES}"
        r"(?:me)? (?:mas|nada|ya|otra vez|nunca)\b"
    ),
    (
        rf"\b(?:no|ya no|nunca|jamas) (?:quiero que )?(?:me|nos) (?:esten |sigan |siga |vuelvan? a )?"
        rf"(?:(?:mand|envi|escrib|notifi[cq])(?!aron|aste|iste|ieron|ado)\w*|lleguen?) (?:\w+ ){{0,3}}?{_THINGS}\b"
    ),
    r"\b(?:no|ya no|nunca) (?:me|nos) (?:esten |sigan |siga |vuelvan? a )(?:\w+)",
    (
        r"\b(?:no|ya no) (?:me|nos) (?:escriban|molesten|contacten|texteen|manden|envien)\b"
        r"(?! (?:los|el|la|las|mi|mis|resultado|por|a|al|con|hasta|antes|todavia|aun|ahora|ahorita)\b)"
    ),
    (
        rf"\b(?:no|ya no) (?:quiero|queremos|deseo|quisiera|me interesa) (?:seguir )?(?:recibir"
        rf"|recibiendo|saber|ver)? ?(?:\w+ ){{0,3}}?{_THINGS}\b"
    ),
    (
        rf"\b(?:dejen?|deja|paren?|eviten?|basta|suspendan?|detengan?) (?:ya )?(?:de|con|los|tantos)? ?"
        rf"(?:\w+ ){{0,4}}?(?:{_THINGS}|mandarme|enviarme|escribirme|molestarme|molestar|escribir"
        r"|textear|textearme|contactarme|mandar|fastidiar|joder|chingar|llamar|llamarme|marcar|marcarme"
        r"|hablarme)\b"
    ),
    r"\bdejenme (?:en paz|de)\b",
    (
        r"\b(?:quit|borr|elimin|saqu|sac|remuev)\w{1,6} (?:(?!cita|consulta)\w+ ){0,4}?"
        r"(?:lista(?! de espera)|base de datos|contactos|registro|numero|telefono|sistema|envios)\b"
    ),
    (
        r"\b(?:dar(?:me|nos)?|d[ea]n?me|quiero|quisiera|me dan?|solicito|pido)(?: \w+){0,2}? (?:de )?"
        r"(?:la )?baja (?:de (?:los|sus|la|las|el|este|esta|todo)|por favor|mi numero|a mi$)"
    ),
    r"\b(?:darme|deme|denme|dame|darse|me dan|me den|doy) de baja\b(?! (?:la|mi|una|el) (?:cita|consulta)| a mi| del? (?:seguro|plan|imss|convenio))",
    rf"\bcancel\w+ (?:\w+ ){{0,2}}?(?:suscripcion|subscription|inscricao|{_THINGS})\b(?! (?:de|da|do) (?!mensaj|mensag|sms))",
    r"\b(?:desuscri|desinscri|desapunt|desregistr)\w+",
    rf"\b(?:ya no|no) mas (?:\w+ )?{_THINGS}\b",
    rf"\bsin (?:mas )?{_THINGS}\b(?=.*\b(?:favor|gracias)\b)",
    r"\b(?:no|nao|n|ya no) (?:quiero|quero|deseo|desejo) (?:mas |mais )?(?:recibir|receber) (?:mas |mais )?nada\b",
    r"\b(?:no|ya no|nao|n) (?:me |nos )?(?:sigan|siga|sigas|continuen|continue|continuem|vuelvan a|volte a|voltem a|insistan|insistam) ?(?:a )?(?:me )?(?:mand|envi|escrib|escrev|molest|llam|contact|contat|text|incomod|marc|lig|busc|insist)\w*\b(?! (?:esperando|adelante))",
    r"\b(?:no|nao|n|ya no) (?:les |lhes )?(?:autorizo|permito|doy permiso|dou permissao|consiento|consinto|acepto|aceito) (?:mas |mais )?(?:que )?(?:me |nos )?(?:\w+ ){0,3}?(?:contact\w*|contat\w*|mand\w*|envi\w*|escrib\w*|escrev\w*|llam\w*|mensajes|mensagens|publicidad)\b",
    r"\b(?:parenle|parele|parale|ya parenle|bajenle|ya estuvo|ya basta|ya chole) (?:\w+ ){0,4}?(?:mensaj\w+|sms|recordatorios|avisos|whats\w*|textos)\b",
    r"\b(?:no|ya no|nao|n) (?:quiero|quisiera|deseo|quero|desejo|gostaria de) (?:mas |mais )?(?:que me (?:sigan |estejam |esten )?|ser |estar siendo |que voces me |que vcs me )(?:contact\w+|contat\w+|molest\w+|mand\w+|envi\w+|escrib\w+|escrev\w+|incomod\w+|notific\w+|busc\w+|perturb\w+)\b(?! (?:los|el|la|las|o|a|os) (?:result|receta|ubica|preco|precio))",
    r"\b(?:dejar|parar|pararem|dejen|parem|deixar|deixem|cessar) (?:ya )?de (?:me )?(?:mand|envi|escrib|escrev|molest|contact|contat|text|incomod|insist|notific|llen|ench)\w*",
    r"\b(?:estoy|estou) (?:hart[oa]|cansad[oa]|fart[oa]) d[eo] (?:\w+ ){0,3}?(?:mensaj\w+|mensag\w+|sms|recordatorios|lembretes|avisos|whats\w*)\b",
    # Portuguese
    (
        r"\b(?:nao|nunca|jamais) (?:me |nos )?(?:mand|envi|escrev|contat|incomod|perturb|lig|chate)\w* "
        rf"(?:me )?(?:mais|nada|(?:\w+ ){{0,2}}?{_THINGS})\b"
    ),
    (
        r"\b(?:nao|n) (?:quero|queremos|desejo|gostaria de|vou querer) (?:mais )?(?:continuar )?"
        rf"(?:receb\w+|sab\w+|ter)? ?(?:\w+ ){{0,3}}?{_THINGS}\b"
    ),
    (
        r"\b(?:nao|n) (?:quero|desejo) (?:mais )?(?:que )?(?:voces |vcs )?(?:me )?"
        r"(?:mand|envi|escrev|contat|incomod|perturb)\w+"
    ),
    (
        rf"\b(?:pare|parem|para|chega|deixe?m?|cessem?|suspend\w+) (?:ja )?(?:de|com|os|as)? ?"
        rf"(?:\w+ ){{0,4}}?(?:{_THINGS}|mandar|enviar|escrever|incomodar|perturbar|encher|contatar|ligar)\b"
    ),
    r"\bme deixem? em paz\b",
    (
        r"\b(?:tir|remov|exclu|apag|delet|retir)\w+ (?:(?!cita|consulta)\w+ ){0,5}?"
        r"(?:lista(?! de espera)|cadastro|contatos|base|numero|telefone|whats\w*|sistema)\b"
    ),
    rf"\bsair (?:da|dessa|desta) lista\b|\b(?:nao|sem) mais {_THINGS}\b",
    r"\b(?:descadastr|desinscrev)\w+",
    r"\b(?:cansei|enchi o saco|to cansad[oa]|tou cansad[oa]) d(?:e|essas?|esses?|as|os) (?:\w+ ){0,2}?(?:mensage\w+|msgs?|lembretes|avisos)\b",
    r"\b(?:tir|remov|exclu|apag|delet|retir|quit|borr|elimin|saqu)\w+ (?:por favor )?(?:meu|minha|meus|o meu|mi|mis|el) (?:\w+ )?(?:contato|contacto|telefono|telefone|numero|celular|whats\w*|datos|dados)\b",
    # English
    r"\b(?:enough|sick|tired|done|fed up) (?:with|of) (?:\w+ ){0,3}?(?:texts?|messages?|reminders?|notifications?|spam|sms)\b",
    r"\b(?:rather|prefer|like|want|wish|asked?|please) (?:to )?not (?:to )?(?:get|receive|be sent|be contacted|be texted|be messaged|hear|have)\b(?: \w+){0,3}? (?:texts?|messages?|reminders?|notifications?|contact\w*|texted|messaged|spam|from you|alerts?)\b|\b(?:rather|prefer|wish|asked?|please) not (?:to )?be (?:contacted|texted|messaged|called)\b",
    r"\bcease (?:all )?(?:communications?|contact|messages?|texts?)\b|\b(?:end|stop|cancel|turn off|disable|discontinue|halt) (?:all |my |the |these |those |your |future |any |further )*(?:communications?|text messages|texts|messages|messaging|reminders|notifications|alerts|subscription|sms)\b",
    r"\b(?:get|take) (?:me|my \w+) off (?:of )?(?:this|these|your|the (?:mailing |message |text |sms |contact )*(?:list|texts|messages|thread)|here)\b|\bno (?:longer|more) (?:\w+ ){0,4}?(?:messages?|texts?|reminders?|notifications?|contact(?:ed)?)\b|\bmake (?:it|these|the \w+) stop\b",
    (
        r"\b(?:stop|quit|cease) (?:\w+ ){0,3}?"
        r"(?:sending|te?xting|messaging|contacting|writing|bothering|spamming|bugging|calling|ringing"
        rf"|phoning|whatsapping|{_THINGS})\b"
    ),
    (
        r"\b(?:do not|don t|dont|never|no longer|not) (?:want you to |ever )?"
        r"(?:send|text|message|contact|write|bother|spam|bug) (?:to )?(?:me|us|this number)\b"
        r"(?! (?:the|my|until|before|a copy|at (?:work|night)|results|to|in|now|right now|voice|with))"
    ),
    (
        r"\b(?:do not|don t|dont|no longer|not|never) (?:want|wish|need|like|care)(?: to)?"
        rf"(?: (?:get|receive|hear|be|any|more|your|these|those|from|to|of|sent|the))* ?"
        rf"(?:{_THINGS}|hear from you|contacted|texted|messaged)\b"
    ),
    rf"\bno more (?:\w+ )?{_THINGS}\b",
    (
        r"\b(?:take|remove|get|drop|delete|leave|strike|cross) (?:me|my \w+|us"
        r"|this number)(?: \w+){0,4}? "
        r"(?:off|out|from|of)\b(?: \w+){0,4}? ?\b(?<!wait )(?<!waiting )(?:list|lists|database|texts?|messages?|system|records"
        r"|contacts|alerts)"
    ),
    r"\b(?:opt|opting) (?:me )?out\b(?! of (?:the|this|that|a|an|my) (?!messages|texts?|sms|reminders?|calls?|list|notifications?))|\bunsubscri\w+\b",
    r"\bleave me alone\b|\blose my number\b|\b(?:delete|remove|forget) my (?:phone )?number\b",
)

OTHERWISE: Final = (
    # A visit, a day: the list may be tomorrow's, what is to be taken off the visit
    r"\b(?:citas?|consulta|turno|appointments?(?! (?:alerts?|reminders?))|visit|agenda|cirugia|cirurgia|surgery|asistir|ir mais|manana|amanha|tomorrow|lunes|martes|miercoles|jueves|viernes|sabado|segunda|terca|quarta|quinta|sexta|(?:mon|tues|wednes|thurs|fri|satur)days?|estudio|exame|examen|laboratorio|blood draw|waitlist|cancels)\b",
    # A question about what was not sent, or a wish to be told on
    r"^(?:y |e |and |hola |oi |hi )?(?:por ?que|pq|why|how come)\b",
    r"\b(?:no|nao|don t|dont|do not|never|nunca) (?:dejen?|deixem?|deixe|stop|paren?|parem)\b",
    r"\b(?:normal|raro|estranho|weird) (?:que|if|that|i)\b",
    # Another way to be told: "don't text, call me"
    r"\b(?<!no )(?<!nunca )(?<!de )(?:llamen?me|llameme|marquenme|escriban?me|mandenme|envienme)\b",
    r"\b(?<!nao )(?<!nao quero que )(?<!n )(?<!de )(?<!mais )me (?:liga|ligue|liguem|escreve|escrevam)\b",
    r"\b(?<!don t )(?<!dont )(?<!not )(?<!stop )(?<!to )(?<!never )(?:call|text|email|ring) (?:me|my)(?: (?:instead|here|later|please|rather|on my \w+|cell|mobile))+$",
    r"\b(?:instead|mejor (?:por|al|me|a mi)|melhor (?:por|me)|sino por|avisem? (?:por )?aqui)\b",
)
"""What else is then meant, by whoever also says one of the RULES: left to the engine."""
