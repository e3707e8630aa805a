package dev.caravan.feed.property;

import dev.caravan.base.property.Form;
import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.redshift.target.CopyCredentials;
import java.util.regex.Pattern;

/** With what a cluster reads a feed's files. */
public final class AccessProperties {
    private static final Pattern ROLES = Pattern.compile(
            "default|arn:aws[a-z-]*:iam::\\d+:role/[\\w+=,.@/-]+?(,arn:aws[a-z-]*:iam::\\d+:role/[\\w+=,.@/-]+?)*");
    private static final Pattern KEY = Pattern.compile("[\\w+/=]{6,128}");

    public static final Property<String> IAM_ROLE = Property.of(
                    "iamRole",
                    Form.of("a role's ARN, several with commas, or default", Forms.matching(ROLES))
                            .tidied(text -> text.replaceAll("\\s*,\\s*", ",")),
                    "the role that COPY reads S3 with: an ARN, ARNs chained by commas, or `default`")
            .example("default")
            .forAll("caravan.iam-role");

    public static final Property<CopyCredentials> COPY_CREDENTIALS = Property.of(
                    "copyCredentials",
                    Forms.word(CopyCredentials.class),
                    "[with what COPY reads S3](clusters-and-credentials.md): `role` (the `iamRole`), `session` (the keys"
                            + " that Caravan itself has then), `keys` (the next two)")
            .byDefault("role")
            .forAll("caravan.copy-credentials");

    public static final Property<String> ACCESS_KEY_ID = Property.of(
                    "accessKeyId", key(), "the id of an AWS access key, as a placeholder: `{{env:WEB_KEY_ID}}`")
            .example("{{env:WEB_KEY_ID}}")
            .secret();

    public static final Property<String> SECRET_ACCESS_KEY = Property.of(
                    "secretAccessKey", key(), "the secret that belongs to it, likewise")
            .example("{{env:WEB_SECRET}}")
            .secret();

    private AccessProperties() {}

    private static Form<String> key() {
        return Form.of(
                "a placeholder of a part of an AWS access key",
                "not a part of an AWS access key: 6 to 128 letters, digits, +, / and =",
                Forms.matching(KEY));
    }
}
