import { createKevSource } from '../adapters/cisa-kev/create-kev-source.ts';
import { createCveOrgSource } from '../adapters/cve-org/create-cve-org-source.ts';
import { createEpssCatalogue } from '../adapters/first-epss/create-epss-catalogue.ts';
import { createEpssSource } from '../adapters/first-epss/create-epss-source.ts';
import { createHttpClient } from '../adapters/http/create-http-client.ts';
import type { Log } from '../adapters/log/create-log.ts';
import { createAttackSource } from '../adapters/mitre-attack/create-attack-source.ts';
import { createNvdFeed } from '../adapters/nvd/create-nvd-feed.ts';
import { createNvdSource } from '../adapters/nvd/create-nvd-source.ts';
import { createOsvSource } from '../adapters/osv/create-osv-source.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SharedWindows } from '../ports/shared-windows.ts';
import { NO_TELEMETRY, type Telemetry } from '../ports/telemetry.ts';

/** All outside sources over one HTTP client, and the client, for services that are ours. */
export type Sources = ReturnType<typeof createSources>;

/** Creates the sources of a process. */
export function createSources(
  config: Config,
  parts: {
    clock: Clock;
    log: Log;
    version: string;
    windows: SharedWindows | null;
    telemetry?: Telemetry;
  },
) {
  const log = (message: string, fields: Readonly<Record<string, unknown>>) => parts.log.info(message, fields);
  const http = createHttpClient({
    clock: parts.clock,
    userAgent: `eras/${parts.version}`,
    timeoutMs: config.httpTimeoutMs,
    budgetMs: config.sourceBudgetMs,
    log,
    windows: parts.windows,
    telemetry: parts.telemetry ?? NO_TELEMETRY,
  });
  const { urls } = config;
  const apiKeys = config.nvdApiKeys.map((key) => key.reveal());
  return {
    http,
    nvd: createNvdSource({ http, baseUrl: urls.nvd, apiKeys, log }),
    nvdFeed: createNvdFeed({ http, baseUrl: urls.nvd, apiKeys }),
    kev: createKevSource({ http, url: urls.kev, log }),
    epss: createEpssSource({ http, apiUrl: urls.epss, log }),
    epssDay: createEpssCatalogue({ http, csvUrl: urls.epssCsv, log }),
    cveOrg: createCveOrgSource({ http, baseUrl: urls.cveOrg, log }),
    // An assessment does not wait for ATT&CK for long: the bundled release can stand in.
    attack: createAttackSource({ http, url: urls.attack, totalMs: config.sourceBudgetMs }),
    attackRelease: createAttackSource({ http, url: urls.attack }),
    osv: createOsvSource({ http, baseUrl: urls.osv }),
  };
}
