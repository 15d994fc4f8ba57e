import { isIP } from 'node:net';
import { clipLine } from '../../kernel/clip.ts';
import { bareHost } from '../reports/make-items.ts';
import { badFile } from '../reports/text-source.ts';

/** What can only have been meant as an address: numbers with dots, or with colons, perhaps with the length of a network behind them. */
const MEANT_AS_ADDRESS = /^(?:[\d.]+\.[\d.]*|[\da-f]*:[\da-f:.]*:[\da-f:.]*)(?:\/\d+)?$/i;

/**
 * Names or addresses of an asset, as scanners call it: of an address with scheme, port and path only the host.
 * @throws RiskError `BAD_INPUT` where something can only have been meant as an address, and is none
 */
export function readHosts(path: string, place: string, field: string, values: readonly string[]): string[] {
  return values.map((value) => {
    const host = bareHost(value) || value;
    if (isIP(host) !== 0 || !MEANT_AS_ADDRESS.test(host)) return host;
    const isNetwork = isIP(host.replace(/\/\d+$/, '')) !== 0;
    const problem = isNetwork ? 'is a network; list the addresses in it' : 'is no IP address';
    throw badFile(path, `${place}: "${clipLine(value, 60)}" among its ${field} ${problem}`);
  });
}
