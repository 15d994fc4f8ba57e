import { describe, expect, it } from 'vitest';
import { EVERY_KIND } from '../../../test/support/report-findings.ts';
import { productsOf, productWords } from './products.ts';
import { toCycloneDxJustification, toJustification } from './vex-justification.ts';
import { stateOfFinding } from './vex-statement.ts';

describe('what VEX says', () => {
  it('is affected where a component or an asset is known, and clears nothing by itself', () => {
    expect(Object.fromEntries(EVERY_KIND.map((finding) => [finding.id, stateOfFinding(finding).status]))).toEqual({
      f1: 'affected',
      f2: 'affected',
      f3: 'affected',
      f4: 'under_investigation',
      f5: 'under_investigation',
      f6: 'under_investigation',
      f7: 'affected',
      f8: 'affected',
      f9: 'not_affected',
      f10: 'not_affected',
      f11: 'fixed',
      f12: 'affected',
      f13: 'under_investigation',
      f14: 'affected',
      f15: 'under_investigation',
      f16: 'under_investigation',
    });
  });

  it('names the component, else the asset, else the products of the sources, else that none is known', () => {
    const named = EVERY_KIND.slice(0, 5).map((finding) => {
      const { products, asset } = productsOf(finding);
      return [...products, ...(asset === null ? [] : [asset])].map(productWords);
    });
    expect(named).toEqual([
      ['log4j-core 2.14.1', 'Shop front'],
      ['log4j-core 2.14.1'],
      ['db-1'],
      ['apache log4j < 2.17.1'],
      ['Product not known'],
    ]);
  });

  it('keeps the reason, and says where there is none', () => {
    const stated = EVERY_KIND.filter(({ id }) => id === 'f9' || id === 'f10').map((finding) => stateOfFinding(finding));
    expect(stated.map(({ justification, impact }) => [justification, impact])).toEqual([
      ['vulnerable_code_not_present', 'never called'],
      [null, 'A VEX document says that it is not affected: requires_configuration.'],
    ]);
  });

  it.each([
    ['component_not_present', 'component_not_present', 'code_not_present'],
    ['vulnerable_code_cannot_be_controlled_by_adversary', 'vulnerable_code_cannot_be_controlled_by_adversary', null],
    ['protected_at_perimeter', 'inline_mitigations_already_exist', 'protected_at_perimeter'],
    ['requires_environment', null, 'requires_environment'],
    ['constructor', null, null],
    [null, null, null],
  ])('%s is %s in OpenVEX and CSAF, %s in CycloneDX', (given, shared, cycloneDx) => {
    expect([toJustification(given), toCycloneDxJustification(given)]).toEqual([shared, cycloneDx]);
  });
});
