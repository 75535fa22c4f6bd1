# Builds Sightline from this tree and keeps only what runs.
FROM eclipse-temurin:25-jdk AS build
COPY --from=node:22-bookworm-slim /usr/local/bin/node /usr/local/bin/
COPY --from=node:22-bookworm-slim /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN ./build -q -P '!checks' -DskipTests -pl server -am package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 7444 --home-dir /data sightline \
 && install -d -o sightline -g sightline -m 0700 /data
COPY --from=build /build/server/target/sightline-server.jar /opt/sightline/
COPY --from=build /build/server/target/lib /opt/sightline/lib
COPY jvm.options /opt/sightline/
# The JVM that will run it learns what a start needs.
RUN java @/opt/sightline/jvm.options -XX:AOTCacheOutput=/opt/sightline/learnt.aot \
  -cp "/opt/sightline/sightline-server.jar:/opt/sightline/lib/*" dev.sightline.server.cli.Main \
  rehearse --data /tmp/rehearsal && rm -rf /tmp/rehearsal
USER sightline
VOLUME /data
EXPOSE 7444 8000
# Listening beyond the container needs server.auth in the file given by --config, or --i-know-this-is-open.
ENTRYPOINT ["java", "@/opt/sightline/jvm.options", "-XX:AOTCache=/opt/sightline/learnt.aot", \
  "-cp", "/opt/sightline/sightline-server.jar:/opt/sightline/lib/*", "dev.sightline.server.cli.Main"]
CMD ["serve", "--listen", "0.0.0.0:7444", "--gateway", "0.0.0.0:8000", "--data", "/data"]
