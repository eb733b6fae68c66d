const { Visitor } = require("@swc/core/Visitor.js");

// swc's own visitor does not know `using` yet: to it, one is a variable like any other.
const visitStatement = Visitor.prototype.visitStatement;
Visitor.prototype.visitStatement = function visit(statement) {
  if (statement.type !== "UsingDeclaration") return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

// Nor does dependency-cruiser tell it which files hold JSX.
const swc = require("@swc/core");
const { parseSync } = swc;
swc.parseSync = (source, options) => parseSync(source, { ...options, tsx: /<\/|\/>/.test(source) });
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });

/** The dependency rules of the house, as CI runs them. */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "subgraphs-stay-apart",
      comment: "A subgraph speaks to another through the gateway only. `agency` is the rooms that agencies share.",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/" },
      to: { path: "^subgraphs/", pathNot: "^subgraphs/($1|agency)/" },
    },
    {
      name: "agency-is-for-agencies",
      severity: "error",
      from: { path: "^subgraphs/(leerplicht|school)/" },
      to: { path: "^subgraphs/agency/" },
    },
    {
      name: "subgraphs-import-plumbing-only",
      severity: "error",
      from: { path: "^subgraphs/" },
      to: { path: "^(gateway|system|imports|demo|bench|prove|simulate|test)/" },
    },
    {
      name: "plumbing-is-the-bottom",
      severity: "error",
      from: { path: "^plumbing/" },
      to: { path: "^(gateway|subgraphs|system|imports|demo|bench|prove|simulate|test)/" },
    },
    {
      name: "gateway-knows-no-domain",
      severity: "error",
      from: { path: "^gateway/" },
      to: { path: "^(subgraphs|system|imports|demo|bench|prove|simulate|test)/" },
    },
    {
      name: "the-gateways-floors",
      comment:
        "What runs a plan knows nothing of who may have what, nor of streams; the executor puts them together for the doors.",
      severity: "error",
      from: { path: "^gateway/(contracts|execution|policy|subscriptions|upstream)/" },
      to: { path: "^gateway/(doors|executor|operation|pages)/" },
    },
    {
      name: "execution-is-below-policy-and-streams",
      severity: "error",
      from: { path: "^gateway/(contracts|execution|upstream)/" },
      to: { path: "^gateway/(policy|subscriptions)/" },
    },
    {
      name: "the-dashboard-stands-alone",
      comment: "It runs in browsers and knows of the rest what the API says.",
      severity: "error",
      from: { path: "^dashboard/" },
      to: { path: "^(gateway|plumbing|subgraphs|system|imports|demo|bench|prove|simulate|test)/" },
    },
    {
      name: "nobody-needs-the-dashboard",
      severity: "error",
      from: { pathNot: "^(dashboard|test|bench)/" },
      to: { path: "^dashboard/" },
    },
    {
      name: "decisions-are-pure",
      comment: "They are given the time, and know neither rows nor GraphQL.",
      severity: "error",
      from: { path: "/decisions/", pathNot: "^test/" },
      to: {
        path: "(^|/)node_modules/(typeorm|pg|graphql|type-graphql|graphile-worker)/|^plumbing/(clock|database|events|outbox)\\.ts$",
      },
    },
    {
      name: "decisions-read-no-effects",
      severity: "error",
      from: { path: "/decisions/", pathNot: "^test/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "only-tests-import-tests",
      severity: "error",
      from: { pathNot: "^(test|bench)/" },
      to: { path: "^test/" },
    },
    {
      name: "what-runs-in-production-needs-no-development-package",
      severity: "error",
      from: { path: "^(gateway|plumbing|subgraphs|imports)/|^system/(migrate|databases)\\.ts$" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    includeOnly: {
      path: "^(dashboard|gateway|plumbing|subgraphs|system|imports|demo|bench|prove|simulate|test)/|node_modules|^node:|^[a-z_/]+$",
    },
    exclude: { path: "^(dist|\\.run|coverage)/" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
