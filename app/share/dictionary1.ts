const keys = `{"v":1,"semantics":"istio 86c9f01, envoy 1.40","name":"untitled","view":{"pane":"trace","middle":"graph","graphTab":"graph","dockTab":"problems","yamlTab":"yaml","folds":[],"sizes":{}},"settings":{"defaultNamespace":"default","closed":false,"dismissed":[]},"selection":{"object":{"kind":"VirtualService","namespace":"default","name":"","source":0,"document":0},"path":["spec","http",0,"route",0,"destination"]},"call":{"id":"call","from":{"kind":"outside","portOf":"service"},"port":443,"tls":{"sni":"www.example.com","alpn":["h2","http/1.1"],"clientCertificate":false},"http":{"method":"GET","authority":"www.example.com","path":"/","headers":[]}},"text":"`;

const manifests = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
apiVersion: networking.istio.io/v1beta1
kind: Sidecar
  egress:
    - hosts:
        - "./*"
        - istio-system/*
  workloadSelector:
apiVersion: networking.istio.io/v1alpha3
kind: List
items:
apiVersion: networking.istio.io/v1
kind: ServiceEntry
  location: MESH_EXTERNAL
  resolution: DNS
  endpoints:
    - address:
  addresses:
  exportTo:
    - "*"
apiVersion: networking.istio.io/v1
kind: DestinationRule
  trafficPolicy:
    tls:
      mode: ISTIO_MUTUAL
    loadBalancer:
      simple: ROUND_ROBIN
    connectionPool:
    outlierDetection:
  subsets:
    - name: v1
      labels:
        version: v1
    - name: v2
      labels:
        version: v2
apiVersion: v1
kind: Service
metadata:
  name: reviews
  namespace: default
  labels:
spec:
  selector:
    app: reviews
  type: ClusterIP
  ports:
    - name: http
      port: 80
      targetPort: 8080
      protocol: TCP
---
          corsPolicy:
            allowOrigins:
              - exact: https://example.com
          fault:
            abort:
              percentage:
                value: 100
              httpStatus: 503
            delay:
              fixedDelay: 5s
          mirror:
          retries:
            attempts: 3
            perTryTimeout: 2s
            retryOn: 5xx
          timeout: 10s
          headers:
            request:
              set:
              add:
              remove:
            response:
          directResponse:
            status: 404
            body:
              string:
          delegate:
            name:
          redirect:
            uri: /
            authority:
            redirectCode: 301
          rewrite:
            uri: /
          sourceLabels:
          queryParams:
          withoutHeaders:
            x-user:
              regex: ".*"
          ignoreUriCase: true
          method:
            exact: GET
apiVersion: networking.istio.io/v1
kind: Gateway
metadata:
  name: my-gateway
  namespace: istio-system
spec:
  selector:
    istio: ingressgateway
    app: my-gateway-controller
  servers:
    - port:
        number: 80
        name: http
        protocol: HTTP
      hosts:
        - "*"
        - "*.example.com"
      tls:
        httpsRedirect: true
    - port:
        number: 443
        name: https-443
        protocol: HTTPS
      hosts:
        - bookinfo.com
      tls:
        mode: SIMPLE
        mode: PASSTHROUGH
        mode: MUTUAL
        credentialName: example-credential
        serverCertificate: /etc/certs/servercert.pem
        privateKey: /etc/certs/privatekey.pem
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: bookinfo
  namespace: default
spec:
  hosts:
    - "bookinfo.com"
    - reviews.prod.svc.cluster.local
  gateways:
    - istio-system/my-gateway
    - mesh
  tcp:
    - match:
        - port: 27017
      route:
        - destination:
            host: mongo.prod.svc.cluster.local
            port:
              number: 5555
  tls:
    - match:
        - port: 443
          sniHosts:
            - www.example.com
  http:
    - name: default
      match:
        - headers:
            cookie:
              exact: user=dev-123
        - uri:
            prefix: /api/
            exact: /login
      route:
        - destination:
            host: reviews.default.svc.cluster.local
            subset: v1
            port:
              number: 9080
          weight: 80
        - destination:
            host: reviews.qa.svc.cluster.local
            subset: v2
          weight: 20
`;

/**
 * What texts like ours are likely to hold, as JSON writes it, most likely last. Frozen: links of format 1 can only be read with exactly these
 * bytes. A better dictionary gets a format of its own.
 */
export const dictionary1 = keys + JSON.stringify(manifests).slice(1, -1);
