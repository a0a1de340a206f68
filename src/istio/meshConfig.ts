/** What the mesh configuration says where it says nothing: Gatehouse assumes Istio's defaults. */

/** `meshConfig.rootNamespace`: its DestinationRules and Sidecars are the last resort of every namespace. */
export const rootNamespace = 'istio-system';

/** The domain that Kubernetes puts behind the names of Services. */
export const clusterDomain = 'cluster.local';
