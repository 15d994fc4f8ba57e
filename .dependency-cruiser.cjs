// Derived from architecture.json, the single source of the layer rule.
const { layers, pure, packageOwners } = require('./architecture.json');

const TESTS = '\\.test\\.ts$';
const escapePattern = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import ${['itself', ...allowed].join(', ')} only (architecture.json)`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: TESTS },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
}));

const pureRules = [
  {
    name: 'pure-no-node',
    comment: `${pure.join(', ')} compute: they import no node: module`,
    severity: 'error',
    from: { path: `^src/(${pure.join('|')})/`, pathNot: TESTS },
    to: { dependencyTypes: ['core'] },
  },
];

const ownerRules = Object.entries(packageOwners).map(([name, owners]) => ({
  name: `owner-of-${name}`,
  comment: `${name} is used in ${owners.join(' and ')} only (architecture.json)`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^(${owners.map(escapePattern).join('|')})/` },
  to: { path: `node_modules/${escapePattern(name)}/` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...pureRules,
    ...ownerRules,
    {
      name: 'adapters-apart',
      comment: 'an adapter never imports another: what they share is a port, and is handed in',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/', pathNot: TESTS },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'src-apart-from-tests',
      comment: 'the product never imports its tests, tools or benches',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: '^(test|tools|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
