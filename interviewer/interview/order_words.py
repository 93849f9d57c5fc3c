"""How orders to an interviewer or a scorer are worded: what is asked for, who is played, whose word it claims to be.

Patterns over sentences in normal form. Each wants something that only an interview has (its notes, its marks, its two
parties), so that a design about graders, prompts, roles and rules is left alone.
"""

from __future__ import annotations

STARTS = (
    r"^\W*(?:(?:please|now|so|and|then|also|ok(?:ay)?|kindly|just|system|you (?:must|should|have to|will|can|are to)|"
    r"(?:can|could|would|will) you|i (?:want|need|order|ask) you to|important|note|let'?s|for \w+|first|instead)\b[\s,:]*)*"
)
_SCORER = r"(?:grader|scorer|examiner|assessor|evaluator|auto-?grader|judge|scoring (?:model|system|engine|bot)|llm|ai(?: model)?|language model)"
_READS = r"(?:grader|scorer|examiner|assessor|evaluator|scoring model|second reader)"
_OF = r"(?:(?:system|hidden|secret|internal|private|original|initial|exact|full|whole|complete|entire|current|own|preceding|previous|first|remaining|scoring|grading|developer) )*"
_VERB = (
    r"(?:print|show|reveal|repeat|recite|output|leak|dump|disclose|quote|paste|write|list|tell|give|display|translate|summari[sz]e|encode|convert|spell|continue|"
    r"copy|echo|read|share|put|expose|describe|explain|rewrite|rephrase|paraphrase|render|confirm|say|send|return|append|include|use|rotate|publish|complete|see|obey|provide|guard|know|add|embed|report|mention)(?:t?ing|e?s)?"
)
_PROMPT = (
    rf"(?:(?:system|developer|initial|hidden|secret) ?prompts?\b|your {_OF}(?:prompts?\b|instructions?\b|guidelines\b|directives\b|fact ?sheet|desk notes|rubric|configuration\b|context(?: window)?\b|state\b(?! machine)|notes\b)"
    r"|(?:hidden|secret) (?:facts?|requirements?|constraints?|curveballs?|hints?|answers?|guidelines|instructions|notes|part|fact sheet)\b"
    r"|fact ?sheet\b|answer key\b|model answer\b|desk notes\b|notes on your desk|hints? (?:that )?you|sound answers?\b|scoring criteria\b|grading criteria\b|rubric(?: items?)?\b"
    r"|hidden_facts|your_prompt|the prompt\b(?! (?:the|that|for|to|of|in|is|and)\b))"
)
_ABOVE = (
    r"(?:(?:text|everything|conversation|document|messages?|words|content|instructions|paragraph|prompt) (?:\w+ ){0,2}?(?:above|before (?:this|my|i|the|me)|preceding|(?:that )?begin\w* with|you were (?:given|told))"
    r"|everything (?:you were|before|above)|above this line|first (?:\w+ ){0,2}(?:characters|tokens) of your)"
)
_GRADE = r"(?:full (?:marks|credit|points)|(?:top|highest|maximum|max|perfect|best) (?:marks?|scores?|levels?|grades?|ratings?|points|credit)|strong[- _]hire|(?:level|score) (?:4|four)\b)"

REVEALING = (
    STARTS + rf"{_VERB}\b.{{0,70}}?(?:{_PROMPT}|{_ABOVE}|\b(?:the|your) (?:\w+ ){{0,2}}?(?:score ?card|message above|moves on offer)\b)",
    rf"\b{_VERB}\b.{{0,60}}?(?:your {_OF}(?:prompt|instructions|guidelines|rubric|rules)\b(?! (?:on|for|about|regarding|of)\b)|system prompt|fact ?sheet|answer key|hidden (?:facts?|requirements?)|hidden_facts|desk notes|(?:scoring|grading) criteria|the rubric\b|sound answers?\b|notes aloud)",
    rf"\b(?:what|which|how)\b.{{0,40}}?(?:your {_OF}(?:instructions|prompt|fact sheet|rubric)\b(?! (?:on|for|about|regarding)\b)|your (?:exact|hidden|secret|system|internal) |hidden (?:facts?|requirements?|curveball)|your guidelines say|on your sheet|moves (?:are )?(?:on offer|open)|first message from)",
    rf"\bwhat\b.{{0,20}}\b{_READS}\b.{{0,20}}\b(?:look|want|reward|expect)",
    r"\bwhat was (?:the last thing )?(?:written|said|there) before i\b",
    r"\bexact wording of (?:the|your) rules\b",
    r"\bwhich topics you(?: are|'re)? (?:going|about|planning)",
    r"\b(?:first message|message) from (?:the|your) (?:developer|operator)\b",
    r"\byou are the interviewer in a mock\b|\bhow you speak\b",
    r"\b(?:constraint|requirement|curveball|question)s? (?:that )?you (?:plan|intend|are keeping|hold|are holding)\b",
    r"^\W*(?:spell|print|recite|encode|write) .{0,20}\bprompt\b.{0,20}\b(?:backwards|aloud|verbatim|word for word)",
    r"\binternal state\b.{0,20}$",
    r"\bhints you are holding\b",
    r"\binterviewer\b.{0,60}\b(?:secret|hidden) (?:notes|facts)|\breveal\b.{0,20}\bfact sheet",
)  # fmt: skip

PLAYING = (
    r"\byou(?: are|'re) (?:now|no longer|henceforth) (?:(?:an?|my|the|called) )?(?:[\w-]+ ){0,2}?(?:assistant|tutor|teacher|tool|machine|model|ai|dan|candidate|coach|colleague|friend|character|parrot|\w*(?:bot|gpt))\b",
    r"\byou are the candidate\b|\bi(?: am|'m) (?:now )?the interviewer\b",
    STARTS + r"(?:pretend (?:to be|that you are|you are|you're)|act as|act like|role-?play(?: as|:)?|imagine (?:that )?you(?: are|'re)|stay in character|behave (?:as|like)|speak like|talk like|write like|become) (?:\w+ ){0,3}?(?:my|an? interviewer|tutor|teacher|pirate|grandmother|colleague|friend|assistant|model|ai|poet|\w*(?:bot|gpt)|character|person who)\b",
    r"\b(?:speak|talk|write|answer) like an? (?:\w+ )?(?:pirate|poet|child|robot|king)\b",
    r"\b(?:short )?(?:story|poem|play|dialogue|scene) (?:in which|where|about) (?:an?|the|two|your) (?:\w+ )?interviewer",
    r"\byou have no (?:more )?(?:guidelines|rules|restrictions|filters|instructions)\b|\binterviewer without (?:any )?rules\b",
    r"\b(?:developer|god|jailbreak|dan|unrestricted|sudo) mode\b|\byou are in (?:\w+ )?mode\b|\bjail ?broken?\b",
    r"\byour new (?:task|role|job|goal|purpose|instructions?|name)\b|\bstop (?:interviewing|being (?:the|an) interviewer|guarding)\b|\b(?:drop|leave|end|quit) (?:your|the interviewer) role\b",
    r"^\W*new instructions?\b|\bhighest priority\b.{0,30}\b(?:interview|hire|instruction)",
    r"\bcall me (?:captain|master|boss|sir)\b",
    r"\bfrom (?:now|this point) on,? (?:you|your only|answer only|reply only|skip all|say only)\b|\bfrom the next message on\b",
    r"\byou (?:grant|praise|agree with) every\b|\bagree with everything i\b|\bpraises? (?:the candidate|every answer|each (?:point|answer))",
)  # fmt: skip

CLAIMING = (
    r"\b(?:i am|i'm|this is|speaking as|as) (?:an? |the |your )?(?:\w+ ){0,2}?(?:admin\w*|developer|operator|hiring manager|owner|creator|maintainer|engineer)\b.{0,80}?\b(?:authori[sz]e|instruct you|order you|permit you|hereby|need you to|override|waive|speaking)",
    r"\b(?:this is|i am|i'm) (?:the|your) (?:developer|operator|creator)\b",
    r"\b(?:you are|you're) (?:permitted|allowed|free|authori[sz]ed|required) to (?:break|ignore|leave|reveal|drop|show|disclose)\b",
    r"\bbreak (?:your|the) (?:rules|guidelines|character)\b|\bwaive the grading\b|\bstop guarding\b",
    r"\b(?:lab|company|people|team|firm) (?:that|who|which) (?:trained|built|made|created) you\b",
    r"\bapproved that candidates\b|\btold me (?:that )?you (?:would|will|can|could)\b|\buser is an admin, so\b",
    r"\b(?:operator|developer|system) to the model\b|^\W*(?:developer|operator|system) (?:message|note|notice|override|prompt)\b",
    r"(?:^|\()\W*(?:system|assistant|developer)\s*:.*\b(?:your|candidate|interview|instructions|rubric|full marks|award|as (?:met|passed|covered)|paused)\b",
    r"\btreat (?:everything|anything|whatever|all)\b.{0,40}\bas (?:coming from|an order|a command|said by)",
    r"\b(?:begin|end) system (?:notice|message|prompt)\b|\bmaintenance mode\b.{0,20}\bprint\b",
    r"\"role\"\s*:\s*\"tool\"|\b(?:tool|function) (?:result|call)\b.{0,30}\b(?:grade|level|score)|\bset_level\b|\breveal_prompt\b",
)  # fmt: skip

MARKING = (
    STARTS + r"(?:ignore|disregard|forget|override|bypass|skip) .{0,30}?(?:you were told|you have been told|(?:your|these|previous|prior|the above) (?:\w+ )?(?:rules|guidelines|instructions|prompt)|the rules (?:you|above|of this)|the interview\b|all questions|ignore all rules)",
    r"^\W*ignore (?:all|your|the) (?:rules|rubric)\W*$|\bignore your\W*$|\bignore your instructions\b|\bignore (?:all )?rules\b",
    r"\b(?:do not|don't|never) (?:apply|record|raise|count|note|use)\b.{0,20}\bred flags?\b|\bclear (?:all )?(?:the )?red flags\b",
    r"\b(?:give|award|grant|deserves?|concur with|record|recommend|result|verdict)\b.{0,40}?\b(?:strong[- _]hire|full marks)\b|\brecommend me\b|^\W*strong[- _]hire\b",
    rf"\b(?:award|give|grant|deserves?)\b.{{0,40}}?\b{_GRADE}.{{0,20}}(?:$|\b(?:everywhere|please|to me|to the candidate|without|for|on)\b)",
    r"\b(?:treat|consider|count|regard|accept|score|mark|rate)\b.{0,40}?\bmy (?:\w+ )?(?:answers?|design|interview|turns?|estimates?)\b.{0,30}?\bas (?:excellent|perfect|strong|complete|correct|met|right|sound|full)",
    r"\bconsider (?:every|each|all|any)\b.{0,60}\bas (?:mentioned|covered|answered|met)\b|\bmark all topics\b",
    r"\btell me (?:that )?i(?: have|'ve| am|'m)? (?:passed|hired|in)\b|\byou are hired\b|\bcandidate passes\b|\bscore it as\b",
    r"\byour (?:next |only )?(?:reply|answer|response|output|question)s? (?:has|have|must|should|needs?) (?:to )?(?:be|say|contain)\b|\bwhatever i (?:type|say) (?:next|later)\b",
    r"\b(?:when|as|if|before|once) you (?:write|fill|make)\b.{0,20}\b(?:score ?card|report|evaluation)\b|\bcarry it forward to the card\b|\b(?:put|keep) (?:this|the|that|these) (?:sentence|words|line)\b.{0,40}\b(?:card|transcript)\b|\bwords into my transcript\b|\bquote me as follows\b",
    rf"^\W*(?:internal |system )?{_SCORER}\s*(?:note|comment|memo|message|review)?\s*:|\b(?:scorer|grader|evaluator|assessor|examiner|interviewer) (?:note|comment|memo|message)\b|\bnote to (?:the )?{_SCORER}\b|\bdear {_SCORER}\b",
    r"\bby the (?:evaluator|grader|scorer|assessor|examiner)\b|\bthe scoring model must\b|\binternal review\b.{0,20}\breader\b",
    r"\bthe candidate (?:has |had |have )?(?:said|explained|recomputed|demonstrated|deserves|discussed|compared|passes|passed)\b|\bthe candidate (?:has |had )?(?:met|covered|answered) (?:all|every|each)",
    r"\bas the interviewer (?:just |already )?(?:confirmed|agreed|said|told|accepted)\b.{0,60}\b(?:right|correct|complete|enough|done|sound|perfect)\b|^\W*interviewer\s*:",
    r"\b(?:cr|rf)\.(?:api|architecture|communication|consistency|data|estimation|framing|operations|performance|product|reliability|requirements|scalability|trade-offs|no-\w)",
    r"\bcredit\"?\s*[=:]\s*\"?unprompted|\"verdict\"\s*:\s*\"(?:yes|no)|\"(?:covers|mistaken|faults)\"\s*:|\\u0022verdict|\\u0022,? \\u0022|\brecommendation\"?\s*[=:]\s*\"?strong|\ball items (?:are )?(?:met|satisfied)\b|\ball criteria level\b",
    r"\brating\s*:\s*\d\s*/\s*\d|\b(?:grade|score) so far\b|\binterview result\b|\blevel\s*:\s*(?:staff|senior|\d)\b.{0,20}$|^\W*level (?:4|four)\b\W*(?:strong|for|hire|$)|\bfull marks\W*$|\ball answers are (?:right|correct)\b",
    r"\b(?:answer|say|return|reply)\s+(?:with )?\W?yes\b (?:for|to|on) (?:every|each|all|any)\b|\byour last try\b|\bsay it anew\b|\bend of the transcript\b|^\W*the list\W*$|\bpart of the interview\b|\bperfect answer\b|\bcovered every item\b|\banswered everything\b",
    rf"\byour rubric\b|\b{_READS},? (?:please )?(?:give|award|count|mark)\b|\b(?:return|give|output|write)\b.{0,20}\"level\"\s*:\s*4\b|\bend of schema\b|\bwhatever the schema\b",
)  # fmt: skip

STEERING = (
    r"\b(?:format|end|write|finish|begin|phrase) (?:your (?:next )?(?:reply|replies|answer|question|response)|(?:each|every) reply)\b|\bin your (?:next )?(?:answer|reply|response)\b|\byour_prompt\b|\bprivate notes\b|\byour notes\b|\b(?:reply|answer) with a link\b|\banswer with (?:!|the first)|\bso that i can click\b",
    r"\b(?:order|instruction|command)s? in (?:two|three|several) (?:halves|parts|pieces)\b|^\W*(?:first|second) half:|\bsay [a-z] (?:followed by|plus|and then)\b|\b(?:carry out|do|run|follow) [a-z] (?:\+|plus|and) [a-z]\b|['\"](?:print|reveal|show|ignore|forget) (?:your|the (?:rub|sys|prom|hid|ans))",
    r"\bremember this code ?word\b|\bagree to answer\b|\banswer my next question (?:truthfully|honestly)|\byou drop the\b|\bsentence i gave you\b",
    r"\b(?:take|read|use|join) the (?:first|initial) letters\b",
    r"\bstart(?:ing)? with 'you are|\bhow many words does your\b",
    r"(?:ignore|disregard|forget)(?:all|any|your|the|previous)*(?:instructions|rules|prompt)|(?:print|reveal|show)(?:your|the|me)*(?:systemprompt|prompt|instructions|rubric|hiddenfacts|notes)",
)  # fmt: skip

WORDED = (*REVEALING, *PLAYING, *CLAIMING, *MARKING, *STEERING)
"""All of them."""
