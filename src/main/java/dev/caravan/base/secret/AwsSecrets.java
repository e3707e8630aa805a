package dev.caravan.base.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.base.aws.AwsProblem;
import org.apache.camel.component.aws.secretsmanager.SecretsManagerPropertiesFunction;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.vault.AwsVaultConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * <code>{{aws:name}}</code>, <code>{{aws:name#field}}</code>: secrets of AWS Secrets Manager, as Camel's own function of this name reads them. Region and
 * credentials come from where all AWS clients here find them, unless {@code camel.vault.aws.*} says otherwise; and what can't be had is told in a
 * sentence.
 */
public final class AwsSecrets extends SecretsManagerPropertiesFunction {
    @Override
    protected void doStart() throws Exception {
        AwsVaultConfiguration vault = getCamelContext().getVaultConfiguration().aws();
        if (ObjectHelper.isEmpty(vault.getAccessKey()) && !vault.isProfileCredentialsProvider()) {
            vault.setDefaultCredentialsProvider(true);
            if (ObjectHelper.isEmpty(vault.getRegion())) {
                vault.setRegion(region());
            }
        }
        super.doStart();
    }

    private static String region() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkException e) {
            throw new SecretUnavailable(
                    "a {{aws:…}} placeholder needs a region: set AWS_REGION, or camel.vault.aws.region");
        }
    }

    /** @throws SecretUnavailable if the secret, or the field of it, can't be had */
    @Override
    public String apply(String remainder) {
        String value;
        try {
            value = super.apply(remainder);
        } catch (RuntimeException e) {
            throw unavailable(remainder, e);
        }
        if (ObjectHelper.isEmpty(value)) {
            throw unavailable(
                    remainder, "the secret has no such field, or it is empty: correct the field's name behind #");
        }
        return value;
    }

    private SecretUnavailable unavailable(String remainder, RuntimeException e) {
        if (ObjectHelper.getException(JsonProcessingException.class, e) != null) {
            // The exception's own words may be the secret's.
            return unavailable(remainder, "the secret is not JSON, so that it has no fields: leave the # away");
        }
        if (ObjectHelper.getException(ResourceNotFoundException.class, e) != null) {
            return unavailable(
                    remainder,
                    "Secrets Manager has no such secret in " + getRegion() + ": create it, or correct the name");
        }
        SdkException aws = ObjectHelper.getException(SdkException.class, e);
        return unavailable(
                remainder, aws == null ? String.valueOf(e.getMessage()) : AwsProblem.inWords("Secrets Manager", aws));
    }

    /** A default, which may follow the name, may be a secret as well. */
    private static SecretUnavailable unavailable(String remainder, String why) {
        return new SecretUnavailable("{{aws:" + remainder.replaceFirst("[:@].*", "") + "}}: " + why);
    }
}
