"""Words of everyday English and German that are also names, or that begin a sentence: alone they are nobody."""

from __future__ import annotations

from typing import Final

EVERYDAY: Final = frozenset(
    """
    a able about after again all also always am an and angel any are art as ask at august autumn baby beat bed bee bell best
    better big bill birmingham bless blue book both boy brain brandy bring bristol brook but by call can candy care carol carry
    case cash chance charity chase chat cherry christian city clay close coast cole come con constant cook cool corona count crystal
    dad daddy daily dawn day days dean dear deal delay desire destiny diamond did do doctor does doll don done each early earl east
    easter else england even ever every fair faith fall fan fast father fed few fine first fish for forest foster free friend from
    general gene genesis gentle get girl given go gold good got grace grandma great green grey guy had hail hair handy happy harm harmony has
    have haven hazel he head heath heaven held help her here hi him his holiday holly home honey hope hospital house how hunter
    hurt i ice if in infant iris is it its ivy jade jet job jolly joy journey judge july june junior just justice keen key kind king kitty
    lady lake land lane large last law lay leader left less light lily line link little liberty lock london long lord lot love lovely loving low lucky mac made
    magic magnolia main major make male man manners many march marine mark mason mat may me melody memory men mental mentor mercy merry met mile
    miles min mine minor miss missy mister misty mix mom money moon more morning most mother mrs much mum music my myrtle national nan need new nice night no none nor norm
    north nose not nothing now numbers nurse ocean of off olive on once one only opal or oral our out over own pace page paris park pass pat patience
    patient patients pearl penny peace peer pepper pet piper place pleasant please plus polite poor porter post precious press prince princess
    prior problem prince provider queen quick rain range ray read ready real really reason record red rest rich ring river rob robin rock rose royal
    ruby rush sage said saint sales same sandy saw say scan see self senior service session sharp she short should silver simple sincere sing sister sky small so
    some son soon south spring staff stage star start state staff still stone storm story strong such summer sun sunday sunny sunshine sure sweet swift tea
    team thank thanks that the their them then there these they this those time to today told too toy treasure trinity true try tuesday tv two
    under university unknown until up us van very victory violet virgin visit walker walk ward was wash water way we well were west what
    when where which while white who why wife will willow wind wing winter wise with wonder work worth wren yes yet you young your
    bishop chuck cup edit golden holland king meta mission player players prem roman rule santa sale sydney
    bischof boden bürger darin dollar geist graf kopf könig landes null pate patch person pilz prinz rohr schiff schüler song villa wende
    coffee finest grüße gruss grüsse hung kick manor mount
    zen accident appointment christmas council covid department desk easter email english european friday gp health internet manager monday online
    saturday surgery thursday trust ward wednesday website weekend january february april september october november december nhs
    ab aber acht all alle allem allen aller alles als also alt alte am an ander andere anderen anders angst anschluss art auch auf aus außer
    bad bald bank bauer bei beide berg berlin bereits besser beste bin bis bist bitte blau brief brot brüder bruder bund burg chef da dabei damals damit danach dank danke dann das
    dass davon dazu dein dem den denn der des deutsch deutsche deutschland dich die dies diese dieser dir doch dort drei du durch eben ehre eher eigentlich ein eine
    einem einen einer eines einige engel er erde erst erste es etwa etwas euch euro fall falls fast feier fest firma flug frage frau frei freitag
    freund freunde fritten früh für gab ganz gar garten gast geld genau gerade gern gerne gewinn gibt ging glück gott groß große gruppe gut gute
    guten haar hab habe haben hagen hallo hand hat hatte haus heil heim heiland heiligabend held herb herbst herr herz heute hier hilfe hinter hoch hof hotel hunde ich
    ihm ihn ihr ihre im immer in ins irgendwie ist ja jahr jahre jede jeder jene jetzt jung junge kaffee kalt kam kann karte kauf kein keine kind kinder
    kirche klar klein kleine knoten kommt konnte kosten kraft krank kunde kunden kurz land lang lange laut leben lege leicht leider lenz letzte liebe lieber lieb
    links linde luft lust mache macht magen mai mal male man manche mann mark markt masse mehr mein meine meist mensch milch mir mit mittag mitte mittwoch
    montag morgen muss musste mutter nach nacht name natur neben nein nett neu neue nicht nichts nie nimmer noch nord not nun nur ob oben oder offen
    ohne oma opa ort ost ostern paar pfleger platz preis press produkt rat raum recht reich reiner rest richtig ring rolle rot rund
    sache sage samstag schade schatz schau schloss schluss schnee schnell schon schön schöne schwarz schwester sehr sei sein seit selbst selten sich sie sieben
    siegel sind so sogar sohn soll sommer sonne sonntag sonst späte spaß später speise spiel stadt stark statt stein stelle stern stolz straße stück süd super tag tage tee
    teil tor tolle toll tür über und uns unser unter vater vergangenheit viel viele vier vogel volk vom von vor vorher wagen wahl wald wand war waren warm
    warum was wasser weg weihnachten weil wein weise weiß welt wenig wenn wer werk wert wetter wie wieder wiener wild will wind winter wir wird wirklich wo
    woche wohl wolf wolle wort wunder zeit ziel zimmer zu zucker zum zur zusammen zwei zweite zwischen
    """.split()  # noqa: SIM905
)
"""In lower case; never the beginning of a name, and never one without a title or a greeting before them."""

PLACES: Final = frozenset(
    """
    adelaide africa albany alexandria america americas asia atlanta austin australia austria bath beach belfast berkeley berlin bern bolton
    boston bremen brittany brooklyn buenos cambridge canada cardiff carolina charleston chelsea chester chicago cleveland cologne
    columbia columbus dakota dallas darwin denver derby devon dover dublin durham essex europa europe florence florida france frankfurt francisco
    geneva genf georgia hamburg hamilton hannover helena houston hudson india indiana ireland israel italia italy jackson jamaica jordan jose kent kenya kiel
    kingston köln lancaster leeds leicester lima lincoln lindau lisbon lisboa lorraine louisiana lourdes luxembourg luxemburg lyon
    madrid mainz malta manchester marburg mars melbourne mercedes mexico milan milano milton minden modena montana moskau münchen nairobi naples
    nepal nevada newcastle niger nile norfolk normandie orlando oslo oxford panama paris petra phoenix poland porto
    portland preston providence quebec ravenna reading rhein rhine richmond rio rochester roma rom salem salzburg santa savannah
    scotland sheffield siena sierra somerset spain stanford stockport stuttgart surrey sussex sydney tennessee texas toledo torino
    trier turin tyrol ulm valencia venezia venice verona vegas vienna virginia wales warren warschau warwick washington wellington wien
    wimbledon windsor worms yale york zürich
    """.split()  # noqa: SIM905
)
"""Places that are also names: alone they are nobody."""

NO_SURNAME: Final = frozenset(
    """
    herde mühle pulver puente abend acker adler alexander alter america american ball bass baum berger birke bishop black blank block blocker blood board body bond borne bottom box
    brand brandt braun bright britain brown bush butler button cable camp cannon card carpenter castle chapel church cloud cold comfort core corner
    court couch cover craft cross dame dark day dorf down downs driver eagle ecke egger eisen england england europe falk feld feller field fields fischer fleischer
    flowers fluss fog force ford forester forst fox france french fuchs fuller fürst game gardener german germany glass god gross groß gut hahn hall hammer harbor hardy hart haupt
    heller herzog highland hill hirsch holland holz hood horn house hügel hunt hurst ireland jäger jordan kaiser kammer kanne keller kern kitchen kloster knight koch kohl kohn
    korn kran kreis krieger kroll krone kuchen kuhn küster lamb lammers leader lehrer loch long loop main maler marks mauer mayor meer meister mercedes messer
    mills mond morgen nagel newton noble oakland ort otto page paradise parent parks parsons paul pier pfeffer pfeiffer pilger place pool pope power
    price quelle rader rauch reader reed reiter richter ritter road rose sack salt salz sattler schäfer schreiber schreiner schuh schuster schütz schütze schwarz seal
    see seil shepherd short sommer sparks specht speer spence spiegel spring stahl staub steel steiger stiel stock storch strand strauch strauß street student sturm tanner
    tanz tausend teacher temple thaler thorn tower town trainer trees turner turm united valley vogt wache walls wanderer ware waters weaver weide
    weiner weiss west wiese winkel winkler wirt wolfe wood woods york zeller ziegler zimmermann
    """.split()  # noqa: SIM905
)
"""Surnames that are as often things, places and trades: only behind a first name or a title are they people."""
