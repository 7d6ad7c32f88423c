//! WebAssembly, left out.
//!
//! Typst runs plug-ins with `wasmi`. A form loads none: its markup is ours, and what others give it is data. Here every
//! module is refused, so that everything that needs one is unreachable, which its types say: they have no values.

use std::fmt::{self, Display, Formatter};
use std::marker::PhantomData;

/// Why nothing is loaded.
#[derive(Debug, Clone, Copy)]
pub struct Error;

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("this program has no WebAssembly")
    }
}

impl std::error::Error for Error {}

/// Settings, of which none has an effect.
#[derive(Debug, Default)]
pub struct Config;

impl Config {
    /// Without effect.
    pub fn wasm_relaxed_simd(&mut self, _enable: bool) -> &mut Self {
        self
    }
}

/// What would run modules.
#[derive(Debug)]
pub struct Engine;

impl Engine {
    /// An engine that runs nothing.
    #[must_use]
    pub fn new(_config: &Config) -> Self {
        Self
    }
}

/// A module, of which there is none.
#[derive(Debug)]
pub enum Module {}

impl Module {
    /// Refuses the module.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn new(_engine: &Engine, _wasm: &[u8]) -> Result<Self, Error> {
        Err(Error)
    }

    /// What it exports by a name.
    #[must_use]
    pub fn get_export(&self, _name: &str) -> Option<ExternType> {
        match *self {}
    }

    /// What it exports.
    pub fn exports(&self) -> impl Iterator<Item = ExportType> {
        match *self {}
        #[expect(unreachable_code, reason = "it gives the iterator a type")]
        std::iter::empty()
    }
}

/// An export: its name and what it is.
#[derive(Debug)]
pub enum ExportType {}

impl ExportType {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match *self {}
    }

    /// What it is.
    #[must_use]
    pub fn ty(&self) -> &ExternType {
        match *self {}
    }
}

/// What something is.
#[derive(Debug)]
pub enum ExternType {
    /// A function.
    Func(FuncType),
    /// A memory.
    Memory(Memory),
}

/// What a function takes and gives.
#[derive(Debug)]
pub enum FuncType {}

impl FuncType {
    /// What it takes.
    #[must_use]
    pub fn params(&self) -> &[ValType] {
        match *self {}
    }

    /// What it gives.
    #[must_use]
    pub fn results(&self) -> &[ValType] {
        match *self {}
    }
}

/// A type of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValType {
    /// A whole number of 32 bits.
    I32,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Val {
    /// A whole number of 32 bits.
    I32(i32),
}

/// What modules would be given.
#[derive(Debug)]
pub struct Linker<T>(Engine, PhantomData<fn() -> T>);

impl<T> Linker<T> {
    /// A linker that links nothing.
    #[must_use]
    pub fn new(_engine: &Engine) -> Self {
        Self(Engine, PhantomData)
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.0
    }

    /// Without effect.
    ///
    /// # Errors
    ///
    /// None.
    pub fn func_wrap<F>(
        &mut self,
        _module: &str,
        _name: &str,
        _func: F,
    ) -> Result<&mut Self, Error> {
        Ok(self)
    }

    /// Never called, as there is no module.
    ///
    /// # Errors
    ///
    /// None.
    pub fn instantiate_and_start(
        &self,
        _store: &mut Store<T>,
        module: &Module,
    ) -> Result<Instance, Error> {
        match *module {}
    }
}

/// What an instance works on.
#[derive(Debug)]
pub struct Store<T>(T);

impl<T> Store<T> {
    /// A store that holds the data.
    #[must_use]
    pub fn new(_engine: &Engine, data: T) -> Self {
        Self(data)
    }

    /// The data.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// A running module, of which there is none.
#[derive(Debug, Clone, Copy)]
pub enum Instance {}

impl Instance {
    /// What it exports by a name.
    #[must_use]
    pub fn get_export<T>(&self, _store: &Store<T>, _name: &str) -> Option<Extern> {
        match *self {}
    }
}

/// Something exported by an instance.
#[derive(Debug)]
pub enum Extern {}

impl Extern {
    /// As a function.
    #[must_use]
    pub fn into_func(self) -> Option<Func> {
        match self {}
    }

    /// As a memory.
    #[must_use]
    pub fn into_memory(self) -> Option<Memory> {
        match self {}
    }
}

/// A function of an instance.
#[derive(Debug)]
pub enum Func {}

impl Func {
    /// What it takes and gives.
    #[must_use]
    pub fn ty<T>(&self, _store: &Store<T>) -> FuncType {
        match *self {}
    }

    /// Never called, as there is no function.
    ///
    /// # Errors
    ///
    /// None.
    pub fn call<T>(
        &self,
        _store: &mut Store<T>,
        _inputs: &[Val],
        _outputs: &mut [Val],
    ) -> Result<(), Error> {
        match *self {}
    }
}

/// The memory of an instance.
#[derive(Debug, Clone, Copy)]
pub enum Memory {}

impl Memory {
    /// Its size in pages.
    #[must_use]
    pub fn size<S>(&self, _store: &S) -> u64 {
        match *self {}
    }

    /// Its bytes.
    pub fn data<'a, S>(&self, _store: &'a S) -> &'a [u8] {
        match *self {}
    }

    /// Its bytes, to be changed.
    pub fn data_mut<'a, S>(&self, _store: &'a mut S) -> &'a mut [u8] {
        match *self {}
    }

    /// Makes it larger.
    ///
    /// # Errors
    ///
    /// None.
    pub fn grow<S>(&self, _store: &mut S, _pages: u64) -> Result<u64, Error> {
        match *self {}
    }

    /// Reads bytes.
    ///
    /// # Errors
    ///
    /// None.
    pub fn read<S>(&self, _store: &S, _offset: usize, _buffer: &mut [u8]) -> Result<(), Error> {
        match *self {}
    }

    /// Writes bytes.
    ///
    /// # Errors
    ///
    /// None.
    pub fn write<S>(&self, _store: &mut S, _offset: usize, _buffer: &[u8]) -> Result<(), Error> {
        match *self {}
    }
}

/// The instance that calls a function of the host.
#[derive(Debug)]
pub struct Caller<'a, T>(Instance, PhantomData<&'a mut T>);

impl<T> Caller<'_, T> {
    /// What the instance exports by a name.
    #[must_use]
    pub fn get_export(&self, _name: &str) -> Option<Extern> {
        match self.0 {}
    }

    /// The data of its store.
    pub fn data_mut(&mut self) -> &mut T {
        match self.0 {}
    }
}
