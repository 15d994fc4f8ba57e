import { formOf } from '../../knowledge/words-in.ts';

/** Words that say the same in what companies write of their systems; those of a line stand for one another. Not those that decide: these have lines of their own. */
const LINES: readonly string[] = [
  'fix patch remediate mend repair correct update',
  'flaw vulnerability weakness bug issue problem',
  'own owner ownership',
  'maintain maintenance operate operator run administer administrator manage manager',
  'keep kept retain retention store hold held preserve maintain save saved stored',
  'second secondary',
  'save backup back',
  'window time period',
  'regular regularly',
  'report notify tell inform escalate announce notification',
  'approve approval approver authorize authorise authorization sanction release',
  'accept acceptance',
  'request ask apply applicant requester',
  'inspect check examine scan review verify',
  'protect shield guard secure defend',
  'block deny reject refuse stop drop',
  'need require requirement mandatory necessary',
  'find discover detect identify',
  'employee staff personnel worker',
  'company organisation organization enterprise firm business',
  'server host machine system',
  'exercise test drill rehearse',
  'copy replicate replica mirror',
  'site location place',
  'rotate renew change replace',
  'disconnect terminate cut',
  'responsible accountable charge lead head',
  'reach reachable access accessible',
  'describe document state say specify define set',
  'mfa multi-factor',
  'waf firewall',
  'happen occur take',
  'monthly month',
  'daily day',
  'weekly week',
  'yearly annual year annually',
  'valid effective last',
  'deadline due limit',
  'vendor manufacturer supplier publisher',
  'release publish issue',
  'failed failing failure unsuccessful',
  'probability likelihood chance',
  'update refresh',
  'inform notify tell alert',
  'department team unit group',
  'modify alter change',
  'audit review check examine inspect verify',
  'practise practice exercise rehearse',
  'monitor watch observe track',
  'imply mean',
  'begin start commence',
  'use employ utilize utilise',
  'immediately soon quickly instantly promptly quick prompt',
  'estimate give provide produce assign',
  'gave give',
  'nightly night',
  'typically usually generally commonly',
  'delete remove erase',
  'near close',
  'quarterly quarter',
  'person individual',
  'purchase buy acquire',
  'share exchange',
  'end finish conclude',
  'drop roll install',
  'allow permit',
  'led lead',
  'told tell',
  'sent send',
  'held hold',
  'built build',
  'shown show',
  'written write',
  'known know',
  'ran run',
  'given give',
  'install deploy apply patch',
];

/** Words that say next to nothing in a sentence about something that is named. */
const FILLERS =
  'system document policy following according use used using which respectively due there named called do make take have version get got go goes set put stay remain lie lies lay give gives gave handle ask turn switch run running basis past doesn don isn aren wasn weren couldn wouldn shouldn won hasn haven per percent long case';
/** The same in German, with articles and pronouns, which English questions leave out anyway. */
const GERMAN_FILLERS =
  'der die das den dem des ein eine einen einem einer eines und oder zu zur zum im in ins an am auf aus von vom mit für durch bei beim als sich er sie es ihr ihre ihrem ihren ist sind war waren wird werden wurde wurden hat haben dass gemäß laut pro prozent lang';

const BY_FORM = new Map<string, Set<string>>();
for (const line of LINES) {
  const forms = line.split(' ').map(formOf);
  for (const form of forms) BY_FORM.set(form, new Set([...(BY_FORM.get(form) ?? []), ...forms]));
}
const NOTHING: ReadonlySet<string> = new Set();
const FILLER_FORMS = new Set(`${FILLERS} ${GERMAN_FILLERS}`.split(' ').map(formOf));
const GERMAN =
  /(?<!\p{L})(?:das|nicht|und|ist|wird|werden|für|nur|darf|muss|zum|zur|vom)(?!\p{L})|(?<!\p{L})(?:der|die|dem|des|den|ein|eine|sind|zu)(?!\p{L}).*(?<!\p{L})(?:der|die|dem|des|den|ein|eine|sind|zu)(?!\p{L})/iu;

/** Forms of words that may stand for a word, by its form. */
export const synonymsOf = (form: string): ReadonlySet<string> => BY_FORM.get(form) ?? NOTHING;

/** Whether a word need not stand in what carries a sentence. */
export const isFiller = (form: string): boolean => form.length === 1 || FILLER_FORMS.has(form);

/** Whether a sentence is German: a word that English has not, or two that hardly stand in it. */
export const isGerman = (sentence: string): boolean => GERMAN.test(sentence);
