import type { Host } from '../../../domain/finding/sighting.ts';
import { type FindingSubject, toFindingSubject } from '../../reports/finding-subject.ts';
import { toHost } from '../../reports/make-items.ts';
import { at, fieldsOf, firstText, listAt, textAt, textsOf } from '../../reports/values.ts';

/** Tags of one image by which it is known. */
const MOST_TAGS = 20;

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

/** What a finding is on: a host, or what is none. */
export interface AwsPlace {
  readonly host: Host | null;
  readonly subject?: FindingSubject;
}

/** Every place of a finding: the machine among its resources, else each image, function or other resource; at least one, which may say nothing. */
export function placesOfResources(resources: readonly unknown[]): readonly AwsPlace[] {
  const host = hostOfResources(resources);
  if (host !== null) return [{ host }];
  const subjects = resources.flatMap((resource) => toSubject(resource) ?? []);
  const distinct = new Map(subjects.map((subject) => [subject.id, subject]));
  if (distinct.size === 0) return [{ host: null }];
  return [...distinct.values()].map((subject) => ({ host: null, subject }));
}

/** By its ARN; people know a function by its name, and an image by repository and tag. */
function toSubject(resource: unknown): FindingSubject | null {
  const details = fieldsOf(at(resource, 'Details') ?? at(resource, 'details'));
  const image = details['AwsEcrContainerImage'] ?? details['awsEcrContainerImage'];
  const lambda = details['AwsLambdaFunction'] ?? details['awsLambdaFunction'];
  const repository = firstText(at(image, 'RepositoryName'), at(image, 'repositoryName'));
  const tags = textsOf(at(image, 'ImageTags') ?? at(image, 'imageTags'));
  const tagged = repository === null ? [] : tags.slice(0, MOST_TAGS).map((tag) => `${repository}:${tag}`);
  const id = firstText(at(resource, 'Id'), at(resource, 'id'));
  return toFindingSubject(id, ...tagged, repository, firstText(at(lambda, 'FunctionName'), at(lambda, 'functionName')));
}
