import { toneOf, type Tone } from '../simulate/tone.ts';
import type { Branch, ClusterShare, Step } from '../simulate/trace.ts';
import { missingRemedy, missingSays } from './missing.ts';
import { clusterPhrase, percent } from './names.ts';
import { phrase, strong } from './phrase.ts';
import type { Candidate, ToldStep } from './told.ts';
import { plainStep } from './toldStep.ts';

export function tellCluster(
  step: Extract<Step, { readonly kind: 'cluster' }>,
  outcome: readonly Branch[],
  closed: boolean,
): ToldStep {
  const [first] = step.clusters;
  const failed = step.clusters.some((each) => toneOfCluster(each, closed) === 'fail');
  const margin =
    step.clusters.length === 1 && first !== undefined
      ? first.name
      : `${step.clusters.length} ${step.weighted ? 'weighted ' : ''}clusters`;
  const alone = step.clusters.length === 1 && first !== undefined && first.exists;
  return {
    ...plainStep(step.kind, 'Cluster', margin, first?.at ?? [], {
      ...(alone && { says: phrase('All of it goes to ', clusterPhrase(first.name), '.') }),
    }),
    candidates: alone ? [] : step.clusters.map((each) => clusterCandidate(each, outcome, closed)),
    state: failed ? 'stopped' : 'passed',
  };
}

function toneOfCluster(cluster: ClusterShare, closed: boolean): Tone {
  if (cluster.exists) return 'ok';
  return !closed && cluster.missing?.kind === 'host-not-in-paste' ? 'unknown' : 'fail';
}

function clusterCandidate(cluster: ClusterShare, outcome: readonly Branch[], closed: boolean): Candidate {
  const tone = toneOfCluster(cluster, closed);
  const opaque = outcome.some(({ end }) => end.kind === 'tcp' || end.kind === 'closed');
  const remedy = cluster.missing === undefined ? undefined : missingRemedy(cluster.missing, cluster.at);
  return {
    mark: { tone },
    says: phrase(strong(percent(cluster.share)), ' ', clusterPhrase(cluster.name)),
    verdict: { words: clusterVerdict(cluster, tone, outcome, closed), tone },
    envoy: cluster.name,
    ...(cluster.missing !== undefined && {
      note: missingSays(cluster.missing, cluster.portFrom, closed, opaque),
    }),
    at: cluster.at,
    open: tone !== 'ok',
    ...(remedy !== undefined && { remedy }),
  };
}

function clusterVerdict(
  cluster: ClusterShare,
  tone: Tone,
  outcome: readonly Branch[],
  closed: boolean,
): string {
  if (tone === 'unknown') return 'not in this paste';
  if (tone === 'fail') return 'does not exist';
  const branch = outcome.find((each) => each.destination?.name === cluster.name);
  if (branch === undefined) return 'exists';
  return toneOf(branch, closed) === 'ok' ? 'forwarded' : 'refused';
}
