// SPDX-License-Identifier: GPL-3.0-or-later
// BouncyCastle as a peer: does the jobs of a file, one a line, fields separated by tabs, and prints a line for each:
// the job's number, "good", "bad" or "cannot", and why. One start for the whole batch.
//   verify  CMS CONTENT         CONTENT is - for an opaque signature, then what it carries goes to CMS.content
//   decrypt CMS OUT KEYS        KEYS: PEM, private keys each followed by its certificate
//   unlock  CMS OUT SECRET      SECRET: password=WORDS, or shared-key=HEX
//   decompress CMS OUT
//   sign    CONTENT OUT KEYS ALGORITHM
//   encrypt CONTENT OUT KEYS CIPHER
import java.io.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.*;
import org.bouncycastle.cms.jcajce.*;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.Store;

public class BouncyPeer {
    /** A private key with its certificate. */
    record Identity(PrivateKey key, X509CertificateHolder certificate) {
        X509Certificate x509() throws Exception {
            return new JcaX509CertificateConverter().setProvider("BC").getCertificate(certificate);
        }
    }

    /** What the peer has no algorithm for; anything else that goes wrong is a finding about the mail. */
    static class Cannot extends Exception {
        Cannot(String why) {
            super(why);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Security.addProvider(new BouncyCastleProvider());
        int number = 0;
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            System.out.println(number++ + "\t" + outcomeOf(line.split("\t")));
        }
    }

    static String outcomeOf(String[] job) {
        try {
            switch (job[0]) {
                case "verify" -> verify(job[1], job[2]);
                case "decrypt" -> decrypt(job[1], job[2], identities(job[3]));
                case "unlock" -> unlock(job[1], job[2], job[3]);
                case "decompress" -> Files.write(Path.of(job[2]), new CMSCompressedData(read(job[1])).getContent(new ZlibExpanderProvider()));
                case "sign" -> sign(job[1], job[2], identities(job[3]).get(0), job[4]);
                case "encrypt" -> encrypt(job[1], job[2], identities(job[3]), job[4]);
                default -> throw new IllegalArgumentException(job[0]);
            }
            return "good\t";
        } catch (Cannot e) {
            return "cannot\t" + e.getMessage();
        } catch (Exception e) {
            return "bad\t" + String.valueOf(e).replaceAll("\\s+", " ");
        }
    }

    static List<Identity> identities(String file) throws Exception {
        List<Identity> all = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new FileReader(file))) {
            PrivateKey key = null;
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                if (next instanceof PrivateKeyInfo info) {
                    key = new JcaPEMKeyConverter().setProvider("BC").getPrivateKey(info);
                } else if (next instanceof X509CertificateHolder certificate) {
                    all.add(new Identity(key, certificate));
                }
            }
        }
        return all;
    }

    static byte[] read(String file) throws IOException {
        return Files.readAllBytes(Path.of(file));
    }

    static void verify(String cms, String content) throws Exception {
        boolean isDetached = !content.equals("-");
        CMSSignedData data = isDetached ? new CMSSignedData(new CMSProcessableByteArray(read(content)), read(cms)) : new CMSSignedData(read(cms));
        Collection<SignerInformation> signers = data.getSignerInfos().getSigners();
        if (signers.isEmpty()) {
            throw new Cannot("nobody signed");
        }
        // BouncyCastle would verify over what was given, whatever the CMS carries.
        if (isDetached && ContentInfo.getInstance(read(cms)).getContent() != null
                && org.bouncycastle.asn1.cms.SignedData.getInstance(ContentInfo.getInstance(read(cms)).getContent()).getEncapContentInfo().getContent() != null) {
            throw new CMSException("a detached signature that carries content");
        }
        for (SignerInformation signer : signers) {
            verifySigner(signer, data.getCertificates());
        }
        if (!isDetached) {
            Files.write(Path.of(cms + ".content"), (byte[]) data.getSignedContent().getContent());
        }
    }

    @SuppressWarnings("unchecked")
    static void verifySigner(SignerInformation signer, Store<X509CertificateHolder> certificates) throws Exception {
        Collection<X509CertificateHolder> found = certificates.getMatches(signer.getSID());
        if (found.isEmpty()) {
            throw new Cannot("no certificate of the signer");
        }
        X509Certificate certificate = new JcaX509CertificateConverter().setProvider("BC").getCertificate(found.iterator().next());
        // By the bare key: validity periods are another question.
        if (!signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate.getPublicKey()))) {
            throw new CMSException("the signature does not verify");
        }
    }

    static boolean isAuthenticated(byte[] octets) {
        return ContentInfo.getInstance(octets).getContentType().equals(CMSObjectIdentifiers.authEnvelopedData);
    }

    static RecipientInformationStore recipientsOf(byte[] octets) throws Exception {
        return isAuthenticated(octets) ? new CMSAuthEnvelopedData(octets).getRecipientInfos() : new CMSEnvelopedData(octets).getRecipientInfos();
    }

    static void unlock(String cms, String out, String secret) throws Exception {
        byte[] octets = read(cms);
        RecipientInformation only = recipientsOf(octets).getRecipients().iterator().next();
        Files.write(Path.of(out), only.getContent(readerWith(secret.substring(secret.indexOf('=') + 1), secret.startsWith("password="), isAuthenticated(octets))));
    }

    static Recipient readerWith(String secret, boolean isPassword, boolean isAuthenticated) throws Cannot {
        if (isPassword && isAuthenticated) {
            throw new Cannot("no reader for such a recipient");
        }
        if (isPassword) {
            return new JcePasswordEnvelopedRecipient(secret.toCharArray()).setProvider("BC");
        }
        javax.crypto.SecretKey key = new javax.crypto.spec.SecretKeySpec(java.util.HexFormat.of().parseHex(secret), "AES");
        return isAuthenticated ? new JceKEKAuthEnvelopedRecipient(key).setProvider("BC")
                               : new JceKEKEnvelopedRecipient(key).setProvider("BC");
    }

    static void decrypt(String cms, String out, List<Identity> identities) throws Exception {
        byte[] octets = read(cms);
        boolean isAuthenticated = isAuthenticated(octets);
        for (RecipientInformation information : recipientsOf(octets)) {
            for (Identity identity : identities) {
                if (information.getRID().match(identity.certificate())) {
                    Files.write(Path.of(out), information.getContent(recipientFor(information, identity.key(), isAuthenticated)));
                    return;
                }
            }
        }
        throw new Cannot("no recipient is ours");
    }

    static Recipient recipientFor(RecipientInformation information, PrivateKey key, boolean isAuthenticated) throws Cannot {
        if (information instanceof KeyTransRecipientInformation) {
            return isAuthenticated ? new JceKeyTransAuthEnvelopedRecipient(key).setProvider("BC") : new JceKeyTransEnvelopedRecipient(key).setProvider("BC");
        }
        if (information instanceof KeyAgreeRecipientInformation) {
            return isAuthenticated ? new JceKeyAgreeAuthEnvelopedRecipient(key).setProvider("BC") : new JceKeyAgreeEnvelopedRecipient(key).setProvider("BC");
        }
        if (information instanceof KEMRecipientInformation && !isAuthenticated) {
            return new JceKEMEnvelopedRecipient(key).setProvider("BC");
        }
        throw new Cannot("no reader for such a recipient");
    }

    static void sign(String content, String out, Identity signer, String algorithm) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().setProvider("BC").build())
                .build(new JcaContentSignerBuilder(algorithm).setProvider("BC").build(signer.key()), signer.x509()));
        generator.addCertificates(new JcaCertStore(List.of(signer.x509())));
        Files.write(Path.of(out), generator.generate(new CMSProcessableByteArray(read(content)), true).getEncoded());
    }

    static ASN1ObjectIdentifier cipherOf(String name) {
        return switch (name) {
            case "AES-128-CBC" -> NISTObjectIdentifiers.id_aes128_CBC;
            case "AES-256-CBC" -> NISTObjectIdentifiers.id_aes256_CBC;
            case "AES-256-GCM" -> NISTObjectIdentifiers.id_aes256_GCM;
            case "AES-256-CCM" -> NISTObjectIdentifiers.id_aes256_CCM;
            default -> throw new IllegalArgumentException(name);
        };
    }

    static void encrypt(String content, String out, List<Identity> recipients, String cipher) throws Exception {
        OutputEncryptor encryptor = new JceCMSContentEncryptorBuilder(cipherOf(cipher.replace("+HKDF", "")))
                .setEnableSha256HKdf(cipher.endsWith("+HKDF")).setProvider("BC").build();
        CMSTypedData data = new CMSProcessableByteArray(read(content));
        if (encryptor instanceof OutputAEADEncryptor authenticated) {
            CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
            for (Identity recipient : recipients) {
                generator.addRecipientInfoGenerator(generatorFor(recipient.x509()));
            }
            Files.write(Path.of(out), generator.generate(data, authenticated).getEncoded());
            return;
        }
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        for (Identity recipient : recipients) {
            generator.addRecipientInfoGenerator(generatorFor(recipient.x509()));
        }
        Files.write(Path.of(out), generator.generate(data, encryptor).getEncoded());
    }

    static RecipientInfoGenerator generatorFor(X509Certificate certificate) throws Exception {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        if (certificate.getPublicKey() instanceof RSAPublicKey) {
            return new JceKeyTransRecipientInfoGenerator(certificate, new JcaAlgorithmParametersConverter().getAlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_RSAES_OAEP, javax.crypto.spec.OAEPParameterSpec.DEFAULT)).setProvider("BC");
        }
        if (algorithm.startsWith("ML-KEM")) {
            return new JceKEMRecipientInfoGenerator(certificate, CMSAlgorithm.AES256_WRAP).setProvider("BC")
                    .setKDF(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(PKCSObjectIdentifiers.id_alg_hkdf_with_sha256));
        }
        java.security.KeyPairGenerator pairs = java.security.KeyPairGenerator.getInstance(algorithm, "BC");
        if (certificate.getPublicKey() instanceof ECPublicKey point) {
            pairs.initialize(point.getParams());
        }
        java.security.KeyPair fresh = pairs.generateKeyPair();
        return new JceKeyAgreeRecipientInfoGenerator(CMSAlgorithm.ECDH_SHA256KDF, fresh.getPrivate(), fresh.getPublic(), CMSAlgorithm.AES256_WRAP)
                .addRecipient(certificate).setProvider("BC");
    }
}
