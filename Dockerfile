# syntax=docker/dockerfile:1

FROM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY .mvn/ .mvn/
COPY mvnw pom.xml ./
COPY src/main/ src/main/
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:17-jre
LABEL org.opencontainers.image.title="Caravan" \
      org.opencontainers.image.description="Loads files that land in S3 into Amazon Redshift, in batches, exactly once" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /caravan
# The libraries first: they change less often than Caravan does.
COPY --from=build /build/target/lib/ lib/
COPY --from=build /build/target/caravan.jar /build/target/caravan-sbom.json ./
# To run your own feeds, mount them over these two.
COPY application.properties ./
COPY routes/ routes/
# Nobody in particular: it owns nothing and writes to /tmp only, so the root file system may be read-only.
USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-Duser.home=/tmp", "-jar", "caravan.jar"]
# The image has no curl.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${CARAVAN_CONSOLE_PORT:-9876} && printf 'GET /observe/health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
