//! A certificate authority for a test.

/// It signs certificates for names. Nobody trusts it unless told to.
#[derive(Debug)]
pub struct Authority {
    certificate: rcgen::Certificate,
    issuer: rcgen::Issuer<'static, rcgen::KeyPair>,
}

/// A certificate and its key, as PEM.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// Its private key (PKCS #8).
    pub key: String,
}

impl Authority {
    /// A new authority with a key of its own.
    pub fn new() -> Self {
        let mut params = rcgen::CertificateParams::default();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = rcgen::KeyPair::generate().expect("a key");
        Self {
            certificate: params.self_signed(&key).expect("a certificate"),
            issuer: rcgen::Issuer::new(params, key),
        }
    }

    /// What clients need to trust it.
    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// An identity for a name.
    pub fn issue(&self, name: &str) -> Identity {
        self.sign(certificate_for(name))
    }

    /// An identity whose time is over.
    pub fn issue_expired(&self, name: &str) -> Identity {
        let mut params = certificate_for(name);
        params.not_before = rcgen::date_time_ymd(2020, 1, 1);
        params.not_after = rcgen::date_time_ymd(2021, 1, 1);
        self.sign(params)
    }

    fn sign(&self, params: rcgen::CertificateParams) -> Identity {
        let key = rcgen::KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer);
        Identity {
            certificate: certificate.expect("a certificate").pem(),
            key: key.serialize_pem(),
        }
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

fn certificate_for(name: &str) -> rcgen::CertificateParams {
    rcgen::CertificateParams::new([name.to_owned()]).expect("a name")
}
