LOCK "caravan"."public.web_log";
COPY "public"."web_log"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS CSV;
SELECT CAST('readable [nonce] ' || CAST(count(*) AS VARCHAR) AS INT) FROM "caravan"."public.web_log"
