import { expect, it } from 'vitest';
import { bareName } from './bare-name.ts';

it.each([
  ['pkg:maven/org.apache.logging.log4j/log4j-core', 'log4j-core'],
  ['pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar', 'log4j-core'],
  ['org.apache.logging.log4j:log4j-core', 'log4j-core'],
  ['Log4j_Core', 'log4j-core'],
  ['pkg:npm/%40scope/name', 'name'],
  ['@scope/name', 'name'],
  ['@name', '@name'],
  ['pkg:deb/debian/libstdc%2B%2B6', 'libstdc++6'],
  ['100%', '100%'],
  ['cpe:2.3:a:openssl:openssl:*:*:*:*:*:*:*:*', 'openssl'],
  ['cpe:/a:apache:http_server', 'http-server'],
])('%s is called %s', (name, bare) => {
  expect(bareName(name)).toBe(bare);
});
