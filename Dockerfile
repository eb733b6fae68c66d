# One image for every part: `docker run IMAGE node dist/gateway/main.js`, `node dist/subgraphs/police/main.js` …

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY system/bootstrap.mjs system/
COPY system/bootstrap system/bootstrap
# The packages alone, so that this layer stays while only sources change.
RUN node system/bootstrap.mjs install
COPY tsconfig.json tsconfig.build.json ./
COPY plumbing plumbing
COPY gateway gateway
COPY subgraphs subgraphs
COPY imports imports
COPY demo demo
COPY bench bench
COPY system system
COPY dashboard dashboard
RUN node system/bootstrap.mjs build \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 # The image brings its own Node.
 && rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/.cache

FROM node:24-bookworm-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps HOST=0.0.0.0 PORT=4000
WORKDIR /app
# Mount points of the volumes that docker-compose.yml keeps keys in: a new volume takes over their owner.
RUN mkdir -p /keys/all /keys/postgres /keys/migrate /keys/gateway /keys/keycloak \
      /keys/police /keys/shelter /keys/crisis /keys/leerplicht /keys/school \
 && chown -R node:node /keys
COPY package.json ./
COPY schema schema
COPY keycloak keycloak
COPY --from=build /app/demo demo
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 4000
HEALTHCHECK --interval=5s --timeout=4s --start-period=20s --retries=12 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# As much for what is short-lived as the gateway makes use of: gateway/README.md, Figures.
CMD ["node", "--max-semi-space-size=16", "dist/gateway/main.js"]
