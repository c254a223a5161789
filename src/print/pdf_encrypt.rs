//! S4: AES-256 with a passphrase.

use super::pdf_error::PdfError;
use crate::secrets::Passphrase;
use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, dictionary};
use std::collections::BTreeMap;
use std::sync::Arc;
use zeroize::Zeroize;

const FILTER: &[u8] = b"StdCF";

/// Encrypts every stream and string of a finished document.
pub(super) fn encrypt(document: &mut Document, passphrase: &Passphrase) -> Result<(), PdfError> {
    add_extension(document);
    let mut key = [0u8; 32];
    getrandom::fill(&mut key)?;
    let filter: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
    let version = EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: BTreeMap::from([(FILTER.to_vec(), filter)]),
        file_encryption_key: &key,
        stream_filter: FILTER.to_vec(),
        string_filter: FILTER.to_vec(),
        owner_password: passphrase.expose(),
        user_password: passphrase.expose(),
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).map_err(PdfError::Encrypt)?;
    document.encrypt(&state).map_err(PdfError::Encrypt)?;
    key.zeroize();
    add_lengths(document);
    Ok(())
}

/// Declares AES-256 as an extension of PDF 1.7; without it readers may take the file for a damaged one.
fn add_extension(document: &mut Document) {
    let level = dictionary! { "BaseVersion" => "1.7", "ExtensionLevel" => 8 };
    if let Ok(catalog) = document.catalog_mut() {
        catalog.set("Extensions", dictionary! { "ADBE" => level });
    }
}

/// Without these two lengths poppler takes the key for a 40-bit one and cannot open the file.
fn add_lengths(document: &mut Document) {
    let id = document.trailer.get(b"Encrypt").and_then(Object::as_reference).ok();
    let Some(Ok(Object::Dictionary(encrypt))) = id.map(|id| document.get_object_mut(id)) else { return };
    encrypt.set("Length", 256);
    if let Ok(Object::Dictionary(filters)) = encrypt.get_mut(b"CF")
        && let Ok(Object::Dictionary(filter)) = filters.get_mut(FILTER)
    {
        filter.set("Length", 32);
        filter.set("AuthEvent", "DocOpen");
    }
}
