# The image of a worker, and of the command line: `docker build --tag eras:0.1.0 .`
# Tags are versions; whoever builds for production adds the digest that was looked at.
FROM node:20.20.2-bookworm-slim AS base
WORKDIR /app

# The store is a native addon: where no ready-made binary can be had it is compiled. Nothing of this stage is shipped.
FROM base AS tools
# hadolint ignore=DL3008
RUN apt-get update -q \
  && apt-get install -q -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./

FROM tools AS build
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY tools ./tools
COPY src ./src
RUN npm run build

# What the bundle leaves outside. No package may run scripts while it is installed but the one that has to; its sources, types and source maps are for
# those who build.
FROM tools AS production
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && npm rebuild --ignore-scripts=false better-sqlite3 \
  && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src node_modules/better-sqlite3/build/Release/obj* \
  && find node_modules -type f '(' -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' ')' -delete

FROM base AS runtime
LABEL org.opencontainers.image.title="ERAS" \
  org.opencontainers.image.description="Enterprise Risk Assessment System: a worker of the fleet, and the command line" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.base.name="docker.io/library/node:20.20.2-bookworm-slim"
RUN groupadd --gid 10001 eras \
  && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/eras --shell /usr/sbin/nologin eras \
  && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/eras
ENV NODE_ENV=production \
  ERAS_HOME=/var/lib/eras \
  ERAS_METRICS_HOST=0.0.0.0
COPY package.json LICENSE NOTICE ./
COPY data ./data
COPY schema ./schema
COPY --from=production /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# As a number, so that who runs it can tell that it is not root.
USER 10001:10001
# All that is written: the rest of the file system may be read-only.
VOLUME ["/var/lib/eras"]
EXPOSE 8000
# Of a worker. Other commands end by themselves, before it matters.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.ERAS_METRICS_PORT || 8000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["worker"]
