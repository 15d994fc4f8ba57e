/** What a pattern found in the text speaks of: the kind of product, or the kind of flaw or effect. */
export interface Phrase {
  /** The feature's name, shown to people: `product: browser`, `phrase: remote code execution`. */
  readonly feature: string;
  readonly pattern: RegExp;
}

// Kinds of product decide between techniques that share a weakness: memory corruption in a browser is T1189, in a
// kernel T1068, in an edge device T1190. Word starts only, over lower-case text; none of the patterns backtracks.
const PRODUCTS: Readonly<Record<string, RegExp>> = {
  browser:
    /chrom|firefox|internet explorer|safari|webkit|mozilla|\bedge\b|browser|\bv8\b|script(?:ing)? engine|jscript|vbscript/,
  'office or document reader':
    /\boffice\b|\bword\b|excel|powerpoint|acrobat|\breader\b|\bpdf\b|hancom|\bwps\b|outlook|archive|winrar|7-zip/,
  'media or plug-in runtime': /\bflash\b|shockwave|silverlight|\bjava\b|quicktime|media player|realplayer/,
  'kernel or driver': /kernel|win32k|driver|\bclfs\b|ntoskrnl|afd\.sys/,
  windows: /windows|microsoft/,
  'linux or unix': /linux|ubuntu|debian|red hat|polkit|\bsudo\b|\bunix\b/,
  'mobile device': /android|\bios\b|ipados|iphone|samsung|qualcomm|mediatek|\bpixel\b|\bmali\b|apple/,
  'network device':
    /router|firewall|\bvpn|gateway|\bswitch|cisco|forti|pan-os|palo alto|ivanti|pulse|sonicwall|citrix|netscaler|\bf5\b|big-ip|juniper|zyxel|d-link|netgear|tp-link|draytek|tenda|\basus\b|mikrotik|access point|sd-wan|dasan|\bnas\b|qnap|synology|barracuda|sophos|check point/,
  'web application':
    /\bweb|http|\bcms\b|wordpress|plugin|drupal|joomla|\bphp|confluence|jira|struts|tomcat|weblogic|coldfusion|magento|sharepoint|exchange|jenkins|gitlab|\burl|apache/,
  'mail server': /\bmail|exchange|zimbra|roundcube|\bexim\b|postfix/,
  virtualisation: /vmware|vcenter|esxi|hyper-v|virtual/,
  'industrial control': /scada|\bplc\b|\bics\b|siemens|schneider|rockwell|industrial|\bhmi\b/,
  camera: /camera|\bdvr\b|\bnvr\b|hikvision|dahua/,
  'management console': /management|manager|manageengine|console/,
  'backup or file transfer': /backup|veeam|file transfer|moveit|goanywhere|accellion/,
};

const PHRASES: Readonly<Record<string, RegExp>> = {
  local: /\blocal(?:ly)?\b/,
  'privilege escalation': /privilege|elevat|escalat/,
  'code execution': /remote code|arbitrary code|code execution|execut\w* code/,
  command: /\bcommand/,
  unauthenticated:
    /unauthenticated|without authenticat|pre-auth|bypass auth|authentication bypass|missing authentication/,
  authenticated: /\bauthenticated|valid credential|administrator privileges|privileged/,
  'web page': /web ?page|web ?site|\bhtml/,
  'crafted file': /(?:crafted|malicious) (?:file|document|pdf|font|image|archive)|\bopen(?:s|ing)? an?\b/,
  'file write or upload': /upload|web ?shell|file write|write arbitrary|arbitrary file/,
  disclosure: /disclos|sensitive information|read arbitrary|arbitrary files|\bleak|memory contents/,
  'denial of service': /denial|\bcrash|reboot|resource/,
  'sandbox escape': /sandbox|\bescape/,
  credential: /hard-?coded|password|credential|\bhash|session|\btoken/,
  bypass: /bypass|\bevad|mark of the web|smartscreen/,
  administrator: /\badmin|super ?user|\broot\b/,
  'memory corruption': /corruption|overflow|use[- ]after[- ]free|out-of-bounds|type confusion|double free/,
  deserialization: /deseriali[sz]/,
  'sql injection': /\bsql/,
  'cross-site scripting': /cross-site scripting|\bxss\b/,
  'path traversal': /traversal/,
  'request forgery': /request forgery|\bssrf\b/,
  injection: /injection/,
  unspecified: /unspecified/,
};

/** The product kinds and phrases that are looked for, in a fixed order. */
export const KNOWN_PHRASES: readonly Phrase[] = [
  ...Object.entries(PRODUCTS).map(([name, pattern]) => ({ feature: `product: ${name}`, pattern })),
  ...Object.entries(PHRASES).map(([name, pattern]) => ({ feature: `phrase: ${name}`, pattern })),
];
