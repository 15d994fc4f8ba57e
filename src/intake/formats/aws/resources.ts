import type { Host } from '../../../domain/finding/sighting.ts';
import { toHost } from '../../reports/make-items.ts';
import { at, fieldsOf, firstText, listAt, textAt } from '../../reports/values.ts';

/** The machine among the resources of a finding, with either capitalisation of AWS's field names; null where they are images, functions or accounts. */
export function hostOfResources(resources: readonly unknown[]): Host | null {
  for (const resource of resources) {
    const details = fieldsOf(at(resource, 'Details') ?? at(resource, 'details'));
    const instance = details['AwsEc2Instance'] ?? details['awsEc2Instance'];
    const id = firstText(at(resource, 'Id'), at(resource, 'id')) ?? '';
    if (instance === undefined && !/\bi-[\da-f]{8,}$/.test(id)) continue;
    const addresses = [...listAt(instance, 'IpV4Addresses'), ...listAt(instance, 'ipV4Addresses')];
    return toHost(
      id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1),
      textAt(instance, 'PrivateIpAddress'),
      ...addresses,
    );
  }
  return null;
}
