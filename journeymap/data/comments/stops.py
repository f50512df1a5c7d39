"""Words that say nothing about what a comment is about: small words, and words that stand in every comment."""

from __future__ import annotations

from typing import Final

STOPS: Final = frozenset(
    """
    about above after again against ago all almost along already also although always among and another any anyone anything are aren aren't around
    away back because been before being below between both but came can can't cannot come comes coming could couldn couldn't day days did didn didn't does doesn doesn't
    doing don don't done down during each either else enough especially even ever every everyone everything extremely far feel feeling feels felt few find first for found from full
    further gave get gets getting give given gives giving goes going gone got had has hasn hasn't have haven having he her here hers herself him himself his
    how however i'm ill i'll i've important its itself just keep kept knew know known last least less let lets like little look looked looking lot lots made make makes making
    many may maybe mean met might mine more most much must myself need needed needs never new next nil non none nor not nothing now off often once one only onto other others
    our ours out over own people per perhaps person place plus point possible put quite rather really received right said same saw say see seem seemed seen several shall she should shouldn since
    some someone something sometimes soon still such sure take taken taking talk tell than that the their theirs them themselves then there these they thing things think this those thought though through
    till time times today told too took top toward towards two under unless until upon use used using usually very via want wanted wants was wasn wasn't way well went were weren what whatever when
    where whether which while who whole whom whose why will with within without won won't would wouldn wouldn't yes yet you your yours yourself able absolutely actually amount best better bit
    customer customers definitely overall part year years week weeks month months hour hours minute minutes experience lack work worked working etc whilst completely totally truly always thank thanks please
    aber alle allem allen aller alles als also ander andere anderen anderer anderes auch auf aus außer außerdem bei beim bereits bin bis bisher bist bzw dabei dadurch dafür dagegen daher dahin damals damit danach daneben
    dann daran darauf daraus darf darin darüber darum das dass daß davon davor dazu dein deine dem den denen denn dennoch der deren des deshalb dessen die dies diese diesem diesen dieser dieses
    doch dort durch durchaus dürfen eben ebenso eher eigentlich ein eine einem einen einer eines einfach einige einigen einiger einiges einmal endlich entweder erst etwa etwas euch euer eure fall fast finde finden
    für ganz ganze ganzen gar geben gegen gehen geht genau genug gerade gibt ging habe haben hallo hat hatte hatten hätte hätten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer immer
    indem ins insgesamt irgendwie ist jahr jahre jahren jede jedem jeden jeder jedes jedoch jetzt jemand kam kann kannst kaum kein keine keinem keinen keiner kommen kommt konnte könnte können lassen leider letzte letzten
    machen macht mal man manche manchmal mehr mein meine meinem meinen meiner meist meisten mich mir mit möchte muss müssen musste nach nachdem natürlich neben nein nicht nichts nie noch nun nur oben oder oft ohne
    paar recht richtig schon sehr sein seine seinem seinen seiner seit seitdem selbst sich sicher sie sind sogar solche soll sollte sollten sondern sonst sowie später statt tag tage trotz über überhaupt uns unser unsere unserem
    unseren unter viel viele vielen vielleicht vom von vor vorher wann war waren warum was weg wegen weil weiter welche welchem welchen welcher welches wenig wenn wer werde werden wie wieder will wir wird wirklich
    wollen wollte worden wurde wurden würde würden während wäre zum zur zwar zwei zwischen zudem zusammen etc usw mag habe
    name email number phone network address
    """.split()  # noqa: SIM905
)
